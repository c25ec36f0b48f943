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
import { type Expression, input } from '../kernel/expression.ts';
import { at, type Results, type RowKernel, sum } from '../kernel/rows/language.ts';
import { expRow } from './exp-row.ts';
import { logSumExp } from './log-sum-exp.ts';

const [x, q, w, t] = [input('x'), input('q'), input('w'), input('t')];
const [sharp, flat] = [input('sharp'), input('flat')];
/** What slopes are times, beside what the loss has. */
export const scale = input('scale');

export interface Pair {
  readonly value: RowKernel;
  readonly gradient: RowKernel;
}
type Given = Pick<RowKernel, 'name' | 'inputs' | 'columns' | 'indices'> & {
  readonly scalars: readonly Expression[];
  readonly loss: Expression;
  readonly slopes: Results;
  /** The slope of the target's logit, where it is not like the others. */
  readonly ofTarget?: Expression;
};

/** The kernels of a loss and of its slopes. */
export function pair({ loss, slopes, ofTarget, ...given }: Given): Pair {
  const value = { ...given, results: {}, rowResults: { loss }, usual: loss };
  const gradient = {
    ...value,
    name: `${given.name}′`,
    scalars: [...given.scalars, scale],
    results: slopes,
    patches: ofTarget ? [{ result: 'input', index: t, value: ofTarget }] : [],
    usual: loss.times(scale),
  };
  return { value, gradient };
}

function classPair(): Pair {
  const { m, e, total, rest, log } = logSumExp(x);
  const target = at(x, t);
  const others = target.ifLess(m, total.minus(expRow(target.minus(m))), rest);
  const share = sharp.times(scale).div(total);
  return pair({
    name: 'cross-entropy',
    ...{ inputs: [x], indices: [t], scalars: [sharp] },
    loss: sharp.times(m.minus(target).plus(log)),
    slopes: { input: e.times(share) },
    ofTarget: others.times(share).neg(),
  });
}

function smoothedPair(): Pair {
  const { m, e, power, total, rest, others, log } = logSumExp(x, 'cancelling');
  const [target, own, all] = [at(x, t), at(w, t), sum(w)];
  const eOfTarget = power(target.minus(m));
  const othersOfTarget = target.ifLess(m, total.minus(eOfTarget), rest);
  const share = scale.div(total);
  const surprises = sum(w.times(m.minus(x))).plus(all.times(log));
  const slope = e.times(sharp.plus(flat.times(all.minus(w)))).minus(flat.times(w).times(others));
  const [pull, push] = [flat.times(all.minus(own)), sharp.plus(flat.times(own))];
  return pair({
    name: 'cross-entropy of smoothed classes',
    ...{ inputs: [x], columns: [w], indices: [t], scalars: [sharp, flat] },
    loss: sharp.times(m.minus(target).plus(log)).plus(flat.times(surprises)),
    slopes: { input: slope.times(share) },
    ofTarget: eOfTarget.times(pull).minus(push.times(othersOfTarget)).times(share),
  });
}

function distributionPair(): Pair {
  const { m, e, total, others, log } = logSumExp(x, 'cancelling');
  const a = w.times(sharp.times(q).plus(flat));
  const all = sum(a);
  const slope = e.times(all.minus(a)).minus(a.times(others));
  const surprise = m.minus(x).plus(log);
  return pair({
    name: 'cross-entropy of distributions',
    ...{ inputs: [x, q], columns: [w], scalars: [sharp, flat] },
    loss: sum(a.times(m.minus(x))).plus(all.times(log)),
    slopes: {
      input: slope.times(scale.div(total)),
      target: w.times(sharp).times(surprise).times(scale),
    },
  });
}

export const ofClass = classPair();
export const ofSmoothedClass = smoothedPair();
export const ofDistribution = distributionPair();
