/**
 * # Distances and angles between vectors, and their slopes
 *
 * Where a slope is not unique it is the one that frameworks return: 0 at a distance of 0, and an even
 * share for each of several largest elements. An infinite element outweighs all finite ones.
 */
import {
  type Exact,
  exp,
  isNan,
  log,
  log1p,
  magnitude,
  max,
  type Real,
  real,
  sqrt,
  sum,
} from './functions.ts';

type Vector = readonly Real[];

/** Nothing, but NaN where the slope of what it is added to is NaN. */
export const still = (x: Real): Real =>
  x.through(
    () => real(0),
    () => real(0),
  );

const isOne = (p: Real): boolean => p.minus(1).sign() === 0;
const isTwo = (p: Real): boolean => p.minus(2).sign() === 0;
const isZero = (x: Real): boolean => x.sign() === 0;
const squares = (u: Vector): Real => sum(u.map((x) => x.squared()));

/** x^p for x ≥ 0 and p > 0 */
const raised = (x: Real, p: Real): Real => (isZero(x) ? still(x) : exp(p.times(log(x))));

/** Where the largest elements are; everywhere if one is NaN. */
export function largestOf(x: Vector): readonly boolean[] {
  const m = x.reduce(max, real(-Infinity));
  return x.map((xi) => isNan(m) || xi === m || !xi.lt(m));
}

/** The largest element, with an even share of the slope for each that is. */
export function evenMax(x: Vector): Real {
  const isLargest = largestOf(x);
  const largest = x.filter((_, i) => isLargest[i]);
  return sum(x.filter((_, i) => !isLargest[i]).map(still)).plus(sum(largest).div(largest.length));
}

/** ‖u‖ = (Σ |uᵢ|^p)^(1/p) for p ≥ 1, and max |uᵢ| for p = ∞ */
export function norm(u: Vector, p: Real): Real {
  const sizes = u.map(magnitude);
  if (isOne(p)) return sum(sizes);
  if (isDegenerate(u)) return sum(u.map((x) => (x.isFinite() ? still(x) : magnitude(x))));
  if (isTwo(p)) return sqrt(squares(u));
  if (!p.isFinite()) return evenMax(sizes);
  // The largest is left out of the sum and of the powers.
  const m = sizes.reduce(max);
  const others = sizes.toSpliced(sizes.indexOf(m), 1);
  const rest = log1p(sum(others.map((x) => raised(x.div(m), p))));
  return m.div(exp(rest.div(p).neg()));
}

/** All 0, or not all finite. */
const isDegenerate = (u: Vector): boolean => u.every(isZero) || !u.every((x) => x.isFinite());

/** ∂‖u‖ / ∂uᵢ */
export function normSlopes(u: Vector, p: Real): Vector {
  const signs = u.map((x) => real(x.sign()));
  if (isOne(p)) return signs;
  if (isDegenerate(u)) return u.map((x, i) => (x.isFinite() ? real(0) : signs[i]!));
  const d = norm(u, p);
  if (isTwo(p)) return u.map((x) => x.div(d));
  const sizes = u.map(magnitude);
  if (p.isFinite()) return sizes.map((x, i) => signs[i]!.times(raised(x.div(d), p.minus(1))));
  const isLargest = largestOf(sizes);
  const count = isLargest.filter(Boolean).length;
  return signs.map((sign, i) => (isLargest[i] ? sign.div(count) : real(0)));
}

/** What grows with ‖u‖ and is exact more often: the square where p = 2. */
export const normOrder = (u: Vector, p: Real): Real => (isTwo(p) ? squares(u) : norm(u, p));

export const dotProduct = (u: Vector, v: Vector): Real => sum(u.map((x, i) => x.times(v[i]!)));

/** Squares of lengths that a cosine divides by, and whether they still depend on the vector. */
export interface Lengths {
  readonly of: Real;
  readonly isFree: boolean;
}
/** ‖u‖² + ε */
export const raisedBy =
  (epsilon: Exact) =>
  (u: Vector): Lengths => ({ of: squares(u).plus(epsilon), isFree: true });

/** max(‖u‖, ε)² */
export const atLeast =
  (epsilon: Real) =>
  (u: Vector): Lengths => {
    const [own, least] = [squares(u), epsilon.squared()];
    return own.lt(least) ? { of: least, isFree: false } : { of: own, isFree: true };
  };

/** u · v / √(length of u, squared · length of v, squared): one root, so that cos(u, u) is exactly 1. */
export const cosine = (u: Vector, v: Vector, length: (u: Vector) => Lengths): Real =>
  dotProduct(u, v).div(sqrt(length(u).of.times(length(v).of)));

/** ∂cos / ∂uᵢ = vᵢ / √(…) − cos uᵢ / (length of u, squared) */
export function cosineSlopes(
  u: Vector,
  v: Vector,
  length: (u: Vector) => Lengths,
): readonly (readonly Real[])[] {
  const own = length(u);
  const root = sqrt(own.of.times(length(v).of));
  const cos = cosine(u, v, length);
  return u.map((x, i) => [
    v[i]!.div(root),
    ...(own.isFree ? [cos.times(x).div(own.of).neg()] : []),
  ]);
}
