/**
 * # 1.5-entmax
 *
 *     max(h − τ, 0)²,   h = x/2,   τ = M − √((1 − Σ (h − M)²) / k)
 *
 * over the k elements with Σ (hⱼ − h)² < 1 over all larger hⱼ; M is their mean.
 */
import { axisOf, belowLargest, sumAlong, sumOfLarger } from './along.ts';
import type { Composition } from './composition.ts';
import { apply, div, greater, max, mul, real, sub, toFloat64 } from './expression.ts';

export const entmax15: Composition = (asked) => {
  const axis = axisOf(asked);
  const half = mul(belowLargest(axis), real(0.5));
  const inside = toFloat64(
    greater(
      real(1),
      sumOfLarger(half, (gap) => mul(gap, gap), axis),
    ),
  );
  const size = sumAlong(inside, axis);
  const mean = div(sumAlong(mul(inside, half), axis), size);
  const off = mul(inside, sub(half, mean));
  const spread = sumAlong(mul(off, off), axis);
  const threshold = sub(mean, apply('Sqrt', [div(sub(real(1), spread), size)]));
  const root = max(sub(half, threshold), real(0));
  return mul(root, root);
};
