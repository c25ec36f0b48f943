/**
 * # Gaussian NLL loss
 *
 *     ℓ(x, t, var) = ½ (ln v + d²/v) [+ ½ ln 2π]        d = x − t,  v = max(var, eps)
 *     ∂ℓ/∂x = d/v,   ∂ℓ/∂t = −d/v,   ∂ℓ/∂var = ½ (1/v − d²/v²) where var ≥ eps, else 0
 *
 * var has any shape that broadcasts to the input's.
 */
import { log } from '../math/float64.ts';
import { flag, number } from '../parameters.ts';
import { termLoss } from '../term-loss.ts';

const id = 'gaussian-nll-loss';

/** ½ ln 2π */
const HALF_LN_TAU = 0.9189385332046727;

export const gaussianNllLoss = termLoss({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  parameters: {
    full: flag(false),
    // Above 0: the least float32.
    eps: number({ default: 1e-6, min: 2 ** -149, max: 2 ** 20 }),
  },
  inputs: { input: 'number', target: 'number', var: 'stretched' },
  differentiable: ['input', 'target', 'var'],
  refuse({ var: { data } }) {
    for (let i = 0; i < data.length; i++) {
      if (data[i]! >= 0) continue;
      throw new RangeError(`${id}: var[${i}] is ${data[i]} but should be in [0, Infinity]`);
    }
  },
  value({ input, target, var: variance }, { full, eps }) {
    const v = Math.max(variance, eps);
    return (log(v) + (input - target) ** 2 / v) / 2 + (full ? HALF_LN_TAU : 0);
  },
  slopes({ input, target, var: variance }, { eps }) {
    const v = Math.max(variance, eps);
    const pull = (input - target) / v;
    const ofVariance = variance < eps ? 0 : (1 / v - pull * pull) / 2;
    return { input: pull, target: -pull, var: ofVariance };
  },
});
