/**
 * # Sparsemax
 *
 *     yᵢ = (1 + k xᵢ − Σ_S xⱼ)/k      for i in the support S of k elements, else 0
 *     Σⱼ uⱼ ∂yⱼ/∂xᵢ = (k uᵢ − Σ_S uⱼ)/k
 *
 * An element is in S where Σ (xⱼ − xᵢ) < 1 over all larger ones. Sums are exact, and so is that
 * decision; a result is rounded three times, twice of them in float64.
 */
import { type Exact, numberOf, plus, plusAll, signOf } from '../math/exact-sum.ts';
import { firstLargest, rowFunction } from '../row-function.ts';

/** Indices of the support; none if the row has no sparsemax. */
function supportOf(x: Float64Array): readonly number[] {
  const m = x[firstLargest(x)] ?? NaN;
  if (!Number.isFinite(m)) return [];
  const near = Array.from(x.keys()).filter((i) => m - x[i]! <= 1);
  near.sort((i, j) => x[j]! - x[i]!);
  // Σ (xⱼ − xᵢ) over the larger ones, minus 1.
  let above: Exact = [-1];
  let k = 0;
  for (; k < near.length; k++) {
    const [last, next] = [x[near[k - 1] ?? near[0]!]!, x[near[k]!]!];
    above = plusAll(above, [k * last, -k * next]);
    if (signOf(above) >= 0) break;
  }
  return near.slice(0, k);
}

function value(x: Float64Array): Float64Array {
  const support = supportOf(x);
  const y = new Float64Array(x.length).fill(support.length > 0 ? 0 : NaN);
  const rest = plusAll(
    [1],
    support.map((j) => -x[j]!),
  );
  const k = support.length;
  for (const i of support) y[i] = numberOf(plus(rest, k * x[i]!)) / k;
  return y;
}

function gradient(x: Float64Array, u: Float64Array): Float64Array {
  const support = supportOf(x);
  const slopes = new Float64Array(x.length).fill(support.length > 0 ? 0 : NaN);
  const rest = plusAll(
    [],
    support.map((j) => -u[j]!),
  );
  const k = support.length;
  for (const i of support) slopes[i] = numberOf(plus(rest, k * u[i]!)) / k;
  return slopes;
}

export const sparsemax = rowFunction({ id: 'sparsemax', value, gradient });
