/**
 * # The support of a sparse distribution
 *
 * Sparsemax and its kin give 0 to all but the largest elements of a row. Which those are is decided
 * by comparisons of exact numbers, from the largest element down.
 */
import { largest, type Real, real, sum } from './functions.ts';

/** Whether the row has a distribution: neither NaN nor +∞, and not −∞ only. */
export const hasLargest = (x: readonly Real[]): boolean => largest(x).isFinite();

/** What an element of any other row becomes; its slope, too. */
export const nothing = (x: Real): Real =>
  x.through(
    () => real(NaN),
    () => real(NaN),
  );

/** Elements for which Σ weigh(xⱼ − xᵢ) over all larger xⱼ is small enough. */
export function supportOf(
  x: readonly Real[],
  isSmall: (total: Real) => boolean,
  weigh: (gap: Real) => Real,
): ReadonlySet<number> {
  const falling = x.map((_, i) => i).sort((i, j) => x[j]!.minus(x[i]!).sign() || 0);
  const inside: number[] = [];
  for (const i of falling) {
    if (!isSmall(sum(inside.map((j) => weigh(x[j]!.minus(x[i]!)))))) break;
    inside.push(i);
  }
  return new Set(inside);
}
