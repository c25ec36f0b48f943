/**
 * # Log-sum-exp
 *
 *     y = ln Σ eˣ = m + ln(1 + rest),   ∂y/∂xᵢ = softmax(x)ᵢ
 *
 * −∞ for a row of −∞ only, +∞ for a row with +∞, NaN for a row with NaN; in these the gradient is
 * NaN. Where Σ eˣ is so close to 1 that the two terms cancel, it is ln(1 + d) with d = Σ eˣ − 1 in
 * pairs of doubles.
 */
import { add, type Double } from '../kernel/double.ts';
import { input } from '../kernel/expression.ts';
import type { RowKernel } from '../kernel/rows/language.ts';
import { NOTHING } from '../math/below.ts';
import { longExp } from '../math/float64.ts';
import { logSumExp as parts } from '../math/log-sum-exp.ts';
import { scaled } from '../math/scaled.ts';
import { probability, type Row } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

/** Below this part of its terms the sum has lost too many of its 50 bits. */
const CANCELS = 2 ** -20;
/** ln Σ eˣ of a row. */
export function logTotal(row: Row): number {
  if (!Number.isFinite(row.m)) return row.m;
  const plain = row.m + row.log;
  return Math.abs(plain) < CANCELS * row.log ? nearOne(row) : plain;
}

/** ln(1 + d) to the third power of d, |d| < 2⁻¹²: the next is 2⁻³⁸ of the first. */
function nearOne({ length, logit }: Row): number {
  let total: Double = [-1, 0];
  for (let i = 0; i < length; i++) {
    if (logit(i) > NOTHING) total = add(total, longExp(logit(i)));
  }
  const d = total[0] + total[1];
  return d - (d * d) / 2 + (d * d * d) / 3;
}

const [x, u] = [input('x'), input('u')];
const { m, e, total, log } = parts(x);
const y = m.plus(log);

/** Where the terms cancel by more than a bit, the row is left to logTotal. */
const value: RowKernel = {
  name: 'log-sum-exp',
  ...{ inputs: [x], results: {}, rowResults: { y }, usual: y.abs().ifLess(log, NaN, y) },
};

const gradient: RowKernel = {
  name: 'log-sum-exp′',
  inputs: [x],
  scalars: [u],
  ...{ results: { y: e.times(u.div(total)) }, rowResults: {}, usual: u.plus(total) },
};

const logSumExpKernels = { value, gradient };

export const logSumExp = rowwise({
  id: 'log-sum-exp',
  reduces: true,
  kernels: logSumExpKernels,
  value: (row) => () => logTotal(row),
  gradient: (row, u) => (i) => scaled(probability(row, i), u(i)),
});
