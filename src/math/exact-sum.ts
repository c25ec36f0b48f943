/**
 * # Sums that lose nothing
 *
 * A sum is kept as float64 that do not overlap, the smallest first, and grows by two-sums. So it is
 * exact whatever it adds, and its sign that of the last (Shewchuk 1997, "Adaptive precision
 * floating-point arithmetic and fast robust geometric predicates", theorem 10).
 */
import { twoProduct, twoSum } from '../kernel/double.ts';

export type Exact = readonly number[];

export function plus(total: Exact, x: number): Exact {
  const next: number[] = [];
  let carried = x;
  for (const part of total) {
    const [sum, rest] = twoSum(carried, part);
    if (rest !== 0) next.push(rest);
    carried = sum;
  }
  if (carried !== 0) next.push(carried);
  return next;
}

export const plusAll = (total: Exact, xs: readonly number[]): Exact => xs.reduce(plus, total);

/** (a − b)², where it is neither too large nor too small for its parts to be float64. */
export function squareOfDifference(a: number, b: number): Exact {
  const [high, low] = twoSum(a, -b);
  const products = [twoProduct(low, low), twoProduct(2 * high, low), twoProduct(high, high)];
  return plusAll([], products.flat());
}

export const signOf = (total: Exact): number => Math.sign(total.at(-1) ?? 0);

/** Within 2⁻⁵² of itself: parts are added to what is larger than all of them. */
export const numberOf = (total: Exact): number => total.reduce((sum, part) => sum + part, 0);
