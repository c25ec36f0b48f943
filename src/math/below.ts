/**
 * # Whether a probability of a row is below a number
 *
 *     pᵢ < p  ⟺  eᵢ (1 − p) < p Σ eⱼ over the others
 *
 * which keeps its digits where pᵢ and p are next to 1. A clamp needs the exact answer, because the
 * slope jumps there: what float64 cannot tell is asked of pairs of doubles, and what those cannot
 * tell, as of [0, 2⁻¹⁴⁹] and ½, of the first order in the differences of the logits.
 */
import { add, type Double, multiply, negate, twoSum } from '../kernel/double.ts';
import { exp, longExp } from './float64.ts';
import { sum } from './scaled.ts';
import { others, type Row } from './softmax.ts';

/** Relative to the sum, far above the errors of float64 and of pairs of doubles. */
const CLOSE = 2 ** -40;
const TIE = 2 ** -90;
/** e^−100 is beyond what a pair of doubles has next to 1. */
export const NOTHING = -100;

/** p is in (0, 1]; false for NaN. */
export function isBelow(row: Row, i: number, p: number): boolean {
  const [high, low] = others(row, i);
  const [left, right] = [row.e[i]! * (1 - p), p * high];
  const difference = left - right - p * low;
  const isClose = Math.abs(difference) <= (left + right) * CLOSE;
  return (isClose ? longDifference(row, i, p) : difference) < 0;
}

/** eᵢ − p total */
function longDifference(row: Row, i: number, p: number): number {
  const { length, logit, m } = row;
  const power = (k: number) => longExp(twoSum(logit(k), -m));
  let total: Double = [0, 0];
  for (let k = 0; k < length; k++) if (logit(k) - m > NOTHING) total = add(total, power(k));
  const [difference] = add(power(i), negate(multiply(total, [p, 0])));
  return Math.abs(difference) > total[0] * TIE ? difference : firstOrder(row, i, p);
}

/**
 * The same where, but for tiny differences, n logits are largest and p = 1/n: 0 where it is not so.
 */
function firstOrder({ length, logit, m }: Row, i: number, p: number): number {
  const small = (k: number) => logit(k) - m;
  const isLargest = (k: number) => small(k) > -CLOSE;
  const n = sum(length, (k) => (isLargest(k) ? 1 : 0));
  const [left, lost] = multiply([n, 0], [p, 0]);
  if (left !== 1 || lost !== 0 || !isLargest(i)) return 0;
  return small(i) - p * sum(length, (k) => (isLargest(k) ? small(k) : exp(small(k))));
}
