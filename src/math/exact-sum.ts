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

/** The sum of float64, within 2⁻⁵² of itself; what follows from ±∞ and NaN where there are such. */
export function exactSum(terms: Iterable<number>): number {
  let plain = 0;
  let total: Exact = [];
  for (const term of terms) {
    plain += term;
    if (Number.isFinite(plain)) total = plus(total, term);
  }
  return Number.isFinite(plain) ? numberOf(total) : plain;
}

/** The difference of two such sums, with the right sign. */
export const minus = (x: readonly number[], y: readonly number[]): number =>
  exactSum([...x, ...y.map((part) => -part)]);

/** u · v: products of two float32 are exact in float64. */
export const dotProduct = (u: ArrayLike<number>, v: ArrayLike<number>): number =>
  exactSum(Array.from(u, (x, i) => x * v[i]!));

/** A sum as a float64 and what that leaves out. */
export function longExactSum(terms: readonly number[]): readonly [number, number] {
  const high = exactSum(terms);
  return [high, Number.isFinite(high) ? exactSum([...terms, -high]) : 0];
}

/** The sum of float64, and nothing left out; what follows from ±∞ and NaN where there are such. */
export function partsOf(terms: readonly number[]): Exact {
  const plain = terms.reduce((sum, x) => sum + x, 0);
  return Number.isFinite(plain) ? plusAll([], terms) : [plain];
}

/** x times a sum as a sum of exact numbers. */
export const productParts = (x: number, sum: Exact): readonly number[] =>
  sum.flatMap((part) => (Number.isFinite(x * part) ? twoProduct(x, part) : [x * part]));
