/**
 * # Sparse sigmoid
 *
 *     sparseSigmoid(x) = min(max((x + 1)/2, 0), 1),     sparseSigmoid′(x) = ½ [−1 < x < 1]
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

export const sparseSigmoidKernels = {
  value: kernelOf('sparse-sigmoid', (x) => x.max(-1).min(1).plus(1).div(2)),
  slope: kernelOf(
    'sparse-sigmoid′',
    (x) => constant(-1).ifLess(x, x.ifLess(1, 0.5, always(0, x)), always(0, x)),
    { isExact: true },
  ),
};

export const sparseSigmoid = elementwise({
  id: 'sparse-sigmoid',
  parameters: {},
  kernels: sparseSigmoidKernels,
});
