/**
 * # Quantile loss, or pinball loss
 *
 *     ℓ(x, t) = tau d where d > 0, else (tau − 1) d        d = t − x
 *     ∂ℓ/∂t = tau where d > 0, tau − 1 where d < 0, tau − ½ where d = 0,   ∂ℓ/∂x = −∂ℓ/∂t
 *
 * A share of 0 silences even an infinite d.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { constant } from '../kernel/expression.ts';
import { number } from '../parameters.ts';

/** Stands for ∞: beyond all float32, whatever float32 it is multiplied by. */
const FAR = 2 ** 600;

const quantileLossKernels = elementKernels(
  'quantile-loss',
  (x, t, { tau }) => {
    const d = t.minus(x);
    const less = tau.minus(1);
    const share = d.ifLess(0, less, constant(0).ifLess(d, tau, d.plus(tau.minus(0.5))));
    return {
      loss: d.max(-FAR).min(FAR).times(share),
      slopes: { input: share.neg(), target: share },
    };
  },
  ['tau'],
);

export const quantileLoss = elementLoss({
  id: 'quantile-loss',
  parameters: { tau: number({ default: 0.5, min: 0, max: 1 }) },
  kernels: quantileLossKernels,
});
