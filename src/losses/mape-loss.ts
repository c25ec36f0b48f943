/**
 * # MAPE loss: absolute percentage error
 *
 *     ℓ(x, t) = 100 |t − x|/m,   m = max(|t|, eps)
 *     ∂ℓ/∂x = 100 sign(x − t)/m
 *     ∂ℓ/∂t = 100 sign(t − x) sign(t) x/t² where |t| ≥ eps, else 100 sign(t − x)/eps
 *
 * At t = ±∞ it is 100 |1 − x/t|.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { number } from '../parameters.ts';
import { signOf } from './l1-loss.ts';

const mapeLossKernels = elementKernels(
  'mape-loss',
  (x, t, { eps }) => {
    const d = t.minus(x);
    const size = t.abs();
    const m = size.max(eps);
    const sign = signOf(d).times(100);
    return {
      loss: m.ifLess(Infinity, d.abs().div(m), x.div(t).minus(1).abs()).times(100),
      slopes: {
        input: sign.div(m).neg(),
        target: size.ifLess(eps, sign.div(eps), sign.times(x.div(t).div(size))),
      },
    };
  },
  ['eps'],
);

export const mapeLoss = elementLoss({
  id: 'mape-loss',
  // Above 0: the least float32.
  parameters: { eps: number({ default: 1e-7, min: 2 ** -149, max: 2 ** 20 }) },
  kernels: mapeLossKernels,
});
