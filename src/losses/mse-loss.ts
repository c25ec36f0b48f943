/**
 * # MSE loss: squared error
 *
 *     ℓ(x, t) = w (x − t)²,   ∂ℓ/∂x = 2w (x − t),   ∂ℓ/∂t = −∂ℓ/∂x
 *
 * mean divides by Σ w.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';

const mseLossKernels = elementKernels('mse-loss', (x, t) => {
  const d = x.minus(t);
  const slope = d.times(2);
  return { loss: d.times(d), slopes: { input: slope, target: slope.neg() } };
});

export const mseLoss = elementLoss({
  id: 'mse-loss',
  parameters: {},
  kernels: mseLossKernels,
  weight: 'sum',
});
