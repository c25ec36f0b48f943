/**
 * # Thresholded ReLU
 *
 *     thresholdedRelu(x) = x where x > alpha, else 0,     thresholdedRelu′(x) = [x > alpha]
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

const thresholded = { parameters: ['alpha'], isExact: true } as const;

export const thresholdedReluKernels = {
  value: kernelOf(
    'thresholded-relu',
    (x, _, { alpha }) => alpha.ifLess(x, x, always(0, x)),
    thresholded,
  ),
  slope: kernelOf(
    'thresholded-relu′',
    (x, _, { alpha }) => alpha.ifLess(x, 1, always(0, x)),
    thresholded,
  ),
};

export const thresholdedRelu = elementwise({
  id: 'thresholded-relu',
  parameters: { alpha: number({ default: 1 }) },
  kernels: thresholdedReluKernels,
});
