/**
 * # Threshold
 *
 *     threshold(x) = x where x > t, else v,     threshold′(x) = [x > t]     t = threshold, v = value
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

export const thresholdKernels = {
  value: kernelOf(
    'threshold',
    (x, _, { threshold, value }) => threshold.ifLess(x, x, always(0, x).neg().plus(value)),
    { parameters: ['threshold', 'value'], isExact: true },
  ),
  slope: kernelOf('threshold′', (x, _, { threshold }) => threshold.ifLess(x, 1, always(0, x)), {
    ...{ parameters: ['threshold'], isExact: true },
  }),
};

export const threshold = elementwise({
  id: 'threshold',
  parameters: { threshold: number({ default: 0 }), value: number({ default: 0 }) },
  kernels: thresholdKernels,
});
