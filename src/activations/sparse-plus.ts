/**
 * # Sparse plus
 *
 *     sparsePlus(x) = 0 where x ≤ −1, x where x ≥ 1, else (x + 1)²/4
 *     sparsePlus′(x) = min(max((x + 1)/2, 0), 1)
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { sparseSigmoidKernels } from './sparse-sigmoid.ts';

export const sparsePlusKernels = {
  value: kernelOf('sparse-plus', (x) => {
    const y = x.max(-1).plus(1);
    return x.ifLess(1, y.times(y).div(4), x);
  }),
  slope: sparseSigmoidKernels.value,
};

export const sparsePlus = elementwise({
  id: 'sparse-plus',
  parameters: {},
  kernels: sparsePlusKernels,
});
