/**
 * # Huber loss
 *
 *     ℓ(x, t) = w d²/2 where |d| < delta, else w delta (|d| − delta/2)        d = x − t
 *     ∂ℓ/∂x = w d where |d| < delta, else w delta sign d,   ∂ℓ/∂t = −∂ℓ/∂x
 *
 * mean divides by the number of elements, weights or not.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { number } from '../parameters.ts';

const huberLossKernels = elementKernels(
  'huber-loss',
  (x, t, { delta }) => {
    const d = x.minus(t);
    const size = d.abs();
    const slope = d.max(delta.neg()).min(delta);
    return {
      loss: size.ifLess(delta, d.times(d).div(2), size.minus(delta.div(2)).times(delta)),
      slopes: { input: slope, target: slope.neg() },
    };
  },
  ['delta'],
);

export const huberLoss = elementLoss({
  id: 'huber-loss',
  parameters: { delta: number({ default: 1, min: 2 ** -149 }) },
  kernels: huberLossKernels,
  weight: 'count',
});
