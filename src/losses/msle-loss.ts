/**
 * # MSLE loss: squared logarithmic error
 *
 *     ℓ(x, t) = L²,   L = ln(1 + a) − ln(1 + b),   a = max(x, eps),   b = max(t, eps)
 *     ∂ℓ/∂x = 2L/(1 + a) where x ≥ eps, else 0,   ∂ℓ/∂t = −2L/(1 + b) where t ≥ eps, else 0
 *
 * |L| is ln(1 + |a − b|/(1 + min(a, b))), which keeps the digits of close numbers. In +∞ slopes are 0.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { log1p } from '../math/log1p.ts';
import { number } from '../parameters.ts';

/** Stands for ∞: beyond all float32, whatever float32 it is multiplied by. */
const FAR = 2 ** 600;

const msleLossKernels = elementKernels(
  'msle-loss',
  (x, t, { eps }) => {
    const [a, b] = [x.max(eps), t.max(eps)];
    const d = a.minus(b);
    const size = log1p(d.abs().div(a.min(b).plus(1)), false);
    const double = size.min(FAR).times(2).withSignOf(d);
    return {
      loss: size.times(size),
      slopes: {
        input: x.ifLess(eps, 0, double.div(a.plus(1))),
        target: t.ifLess(eps, 0, double.div(b.plus(1)).neg()),
      },
    };
  },
  ['eps'],
);

export const msleLoss = elementLoss({
  id: 'msle-loss',
  parameters: { eps: number({ default: 1e-7, min: 0, max: 2 ** 20 }) },
  kernels: msleLossKernels,
});
