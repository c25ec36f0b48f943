/**
 * # Sparsemax
 *
 *     max(x − τ, 0),   τ = (Σ x − 1) / k over the k elements with Σ (xⱼ − x) < 1 over all larger xⱼ
 */
import { axisOf, belowLargest, sumAlong, sumOfLarger } from './along.ts';
import type { Composition } from './composition.ts';
import { div, greater, max, mul, real, sub, toFloat64 } from './expression.ts';

export const sparsemax: Composition = (asked) => {
  const axis = axisOf(asked);
  const x = belowLargest(axis);
  const inside = toFloat64(
    greater(
      real(1),
      sumOfLarger(x, (gap) => gap, axis),
    ),
  );
  const total = sumAlong(mul(inside, x), axis);
  return max(sub(x, div(sub(total, real(1)), sumAlong(inside, axis))), real(0));
};
