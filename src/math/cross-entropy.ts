/**
 * # Cross-entropy of a row, and its gradient
 *
 *     ℓ = Σ_c a_c ((m − x_c) + ln(1 + rest))
 *     ∂ℓ/∂x_i = (e_i Σ a_c over c ≠ i − a_i Σ e_c over c ≠ i)/total
 *
 * for three kinds of target:
 *
 *     class t                a_c = sharp [c = t]
 *     class t, smoothed      a_c = sharp [c = t] + flat w_c
 *     distribution q         a_c = w_c (sharp q_c + flat)
 *
 * Sums over the others are not differences where these may cancel. Gradients are times `scale`.
 */
import { input } from '../kernel/expression.ts';
import { at, type RowKernel, sum } from '../kernel/rows/language.ts';
import { expRow } from './exp-row.ts';
import { logSumExp } from './log-sum-exp.ts';

const [x, q, w, t] = [input('x'), input('q'), input('w'), input('t')];
const [sharp, flat, scale] = [input('sharp'), input('flat'), input('scale')];

const { m, e, total, rest, others, log } = logSumExp(x);
const share = scale.div(total);

/** The same of the target. */
const target = at(x, t);
const surprise = m.minus(target).plus(log);
const eOfTarget = expRow(target.minus(m));
const othersOfTarget = target.ifLess(m, total.minus(eOfTarget), rest);

const kernels = (
  name: string,
  {
    gradient,
    loss,
    ...given
  }: Omit<RowKernel, 'name' | 'rowResults' | 'results' | 'usual'> & {
    readonly gradient: RowKernel['results'];
    readonly loss: typeof x;
  },
): { readonly value: RowKernel; readonly gradient: RowKernel } => {
  const { patches = [], scalars = [], ...arrays } = given;
  const rowResults = { loss };
  const value = { name, ...arrays, scalars, results: {}, rowResults, usual: loss };
  return {
    value,
    gradient: {
      ...{ ...value, name: `${name}′`, scalars: [...scalars, scale], patches },
      ...{ results: gradient, usual: loss.times(scale) },
    },
  };
};

export const ofClass = kernels('cross-entropy', {
  ...{ inputs: [x], indices: [t], scalars: [sharp] },
  loss: sharp.times(surprise),
  gradient: { input: e.times(sharp.times(share)) },
  patches: [{ result: 'input', index: t, value: othersOfTarget.times(sharp.times(share)).neg() }],
});

/** Σ w_c and w_t */
const all = sum(w);
const own = at(w, t);
const smooth = flat.times(w);
const a = sharp.plus(flat.times(own));

export const ofSmoothedClass = kernels('cross-entropy, smoothed', {
  ...{ inputs: [x], columns: [w], indices: [t], scalars: [sharp, flat] },
  loss: sharp.times(surprise).plus(flat.times(sum(w.times(m.minus(x))).plus(all.times(log)))),
  gradient: {
    input: e
      .times(sharp.plus(flat.times(all.minus(w))))
      .minus(smooth.times(others))
      .times(share),
  },
  patches: [
    {
      result: 'input',
      index: t,
      value: eOfTarget
        .times(flat.times(all.minus(own)))
        .minus(a.times(othersOfTarget))
        .times(share),
    },
  ],
});

const part = w.times(sharp.times(q).plus(flat));
const parts = sum(part);

export const ofDistribution = kernels('cross-entropy of distributions', {
  ...{ inputs: [x, q], columns: [w], scalars: [sharp, flat] },
  loss: sum(part.times(m.minus(x))).plus(parts.times(log)),
  gradient: {
    input: e.times(parts.minus(part)).minus(part.times(others)).times(share),
    target: w.times(sharp).times(m.minus(x).plus(log)).times(scale),
  },
});
