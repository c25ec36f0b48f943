/**
 * # L1 loss: absolute error
 *
 *     ℓ(x, t) = w |x − t|,   ∂ℓ/∂x = w sign(x − t),   ∂ℓ/∂t = −∂ℓ/∂x
 *
 * The slope at x = t is 0. mean divides by Σ w.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { constant, type Expression } from '../kernel/expression.ts';

/** −1, 0, 1; NaN for NaN. */
export const signOf = (d: Expression): Expression => d.ifLess(0, -1, constant(0).ifLess(d, 1, d));

const l1LossKernels = elementKernels('l1-loss', (x, t) => {
  const d = x.minus(t);
  const slope = signOf(d);
  return { loss: d.abs(), slopes: { input: slope, target: slope.neg() } };
});

export const l1Loss = elementLoss({
  id: 'l1-loss',
  parameters: {},
  kernels: l1LossKernels,
  weight: 'sum',
});
