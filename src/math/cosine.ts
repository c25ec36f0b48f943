/**
 * # Cosines of vectors of float32
 *
 *     cos = u · v / √(a b),   ∂cos/∂uᵢ = vᵢ / √(a b) − cos uᵢ / a
 *
 * where a and b are the squares of the lengths, with a floor or something added. Sums of products are
 * exact up to one rounding, so that the cosine is within 2⁻⁵⁰ of 1. One root: cos(u, u) is exactly 1.
 */
import { dotProduct, exactSum, longExactSum, productParts } from './exact-sum.ts';

type Vector = ArrayLike<number>;
/** The square of a length as a sum of exact numbers, and whether it depends on the vector. */
export interface Length {
  readonly parts: readonly number[];
  readonly isFree: boolean;
}
export type LengthOf = (u: Vector) => Length;

const products = (u: Vector, v: Vector): readonly number[] => Array.from(u, (x, i) => x * v[i]!);

export const raisedBy =
  (epsilon: number): LengthOf =>
  (u) => ({ parts: [...products(u, u), epsilon], isFree: true });

export const atLeast =
  (epsilon: number): LengthOf =>
  (u) => {
    const parts = products(u, u);
    const least = epsilon * epsilon;
    return exactSum(parts) < least ? { parts: [least], isFree: false } : { parts, isFree: true };
  };

export const cosine = (u: Vector, v: Vector, length: LengthOf): number =>
  dotProduct(u, v) / Math.sqrt(exactSum(length(u).parts) * exactSum(length(v).parts));

/** (a vᵢ − (u · v) uᵢ) / (a √(a b)), whose difference keeps its digits. */
export function cosineSlopes(u: Vector, v: Vector, length: LengthOf): number[] {
  const { parts, isFree } = length(u);
  const square = longExactSum(parts);
  const other = exactSum(length(v).parts);
  // Divided twice, what is one in exact arithmetic is one here.
  if (!isFree) return Array.from(v, (y) => y / Math.sqrt(other) / Math.sqrt(square[0]));
  const root = Math.sqrt(square[0] * other);
  const dot = longExactSum(products(u, v));
  if (!Number.isFinite(dot[0] / root)) return Array.from(u, () => NaN);
  return Array.from(u, (x, i) => {
    const difference = exactSum([...productParts(v[i]!, square), ...productParts(-x, dot)]);
    return difference / (square[0] * root);
  });
}
