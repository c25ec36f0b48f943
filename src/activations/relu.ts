/**
 * # ReLU: rectified linear unit
 *
 *     relu(x) = max(x, 0),     relu′(x) = [x > 0]
 *
 * relu(−0) is −0, and the slope at ±0 is 0. NaN stays NaN, and so does its slope.
 */
import { elementwise, type Slope } from '../elementwise.ts';
import type { Run } from '../kernel/rounded.ts';
import { scaled } from '../math/scaled.ts';

// biome-ignore lint/complexity/useMathMinMax: Math.max(−0, 0) is +0
const valueAt = (x: number): number => (x < 0 ? 0 : x);
const run: Run = (x, y) => {
  for (let i = 0; i < x.length; i++) y[i] = valueAt(x[i]!);
};
const slopeAt = (x: number): number => (x > 0 ? 1 : x <= 0 ? 0 : NaN);
const slope: Slope = {
  ones(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = slopeAt(x[i]!);
  },
  times(x, cotangent, y) {
    for (let i = 0; i < x.length; i++) y[i] = scaled(slopeAt(x[i]!), cotangent[i]!);
  },
};

export const relu = elementwise({
  id: 'relu',
  parameters: {},
  value: () => run,
  slope: () => slope,
});
