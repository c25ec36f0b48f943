/**
 * # Smooth L1 loss
 *
 *     ℓ(x, t) = d²/(2 beta) where |d| < beta, else |d| − beta/2        d = x − t
 *     ∂ℓ/∂x = d/beta where |d| < beta, else sign d,   ∂ℓ/∂t = −∂ℓ/∂x
 *
 * With beta = 0 it is l1-loss.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { number } from '../parameters.ts';
import { signOf } from './l1-loss.ts';

const smoothL1LossKernels = elementKernels(
  'smooth-l1-loss',
  (x, t, { beta }) => {
    const d = x.minus(t);
    const size = d.abs();
    const share = d.div(beta);
    const slope = size.ifLess(beta, share, signOf(d));
    return {
      loss: size.ifLess(beta, share.times(d).div(2), size.minus(beta.div(2))),
      slopes: { input: slope, target: slope.neg() },
    };
  },
  ['beta'],
);

export const smoothL1Loss = elementLoss({
  id: 'smooth-l1-loss',
  parameters: { beta: number({ default: 1, min: 0 }) },
  kernels: smoothL1LossKernels,
});
