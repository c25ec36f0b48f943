/**
 * # Clip
 *
 *     clip(x) = min(max(x, min), max),     clip′(x) = [min ≤ x ≤ max]
 *
 * Where min ≥ max it is a constant, and its slope 0 everywhere.
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

export const clipKernels = {
  value: kernelOf('clip', (x, _, { min, max }) => x.max(min).min(max), {
    ...{ parameters: ['min', 'max'], isExact: true },
  }),
  slope: kernelOf(
    'clip′',
    (x, _, { from, to }) => x.ifLess(from, 0, to.ifLess(x, 0, always(1, x))),
    { parameters: ['from', 'to'], isExact: true },
  ),
};

export const clip = elementwise({
  id: 'clip',
  parameters: {
    min: number({ default: -Infinity, min: -Infinity, max: Infinity }),
    max: number({ default: Infinity, min: -Infinity, max: Infinity }),
  },
  kernels: clipKernels,
  constants({ min, max }) {
    const [from, to] = min < max ? [min, max] : [Infinity, -Infinity];
    return { min, max, from, to };
  },
});
