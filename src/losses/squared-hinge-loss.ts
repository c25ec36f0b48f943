/**
 * # Squared hinge loss
 *
 *     ℓ(x, t) = max(0, z)²,   z = 1 − t x
 *     ∂ℓ/∂x = −2 t z,   ∂ℓ/∂t = −2 x z      where z ≥ 0
 */
import { hinge, hinged } from '../math/hinge.ts';
import { termLoss } from '../term-loss.ts';

export const squaredHingeLoss = termLoss({
  id: 'squared-hinge-loss',
  parameters: {},
  inputs: { input: 'number', target: 'number' },
  differentiable: ['input', 'target'],
  value({ input: x, target: t }) {
    const z = hinge(1 - t * x);
    return z * z;
  },
  slopes({ input: x, target: t }) {
    const z = 1 - t * x;
    return { input: hinged(z, -2 * z * t), target: hinged(z, -2 * z * x) };
  },
});
