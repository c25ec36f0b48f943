/**
 * # Hinge loss
 *
 *     ℓ(x, t) = max(0, z),   z = 1 − t x
 *     ∂ℓ/∂x = −t,   ∂ℓ/∂t = −x      where z ≥ 0
 */
import { hinge, hinged } from '../math/hinge.ts';
import { termLoss } from '../term-loss.ts';

export const hingeLoss = termLoss({
  id: 'hinge-loss',
  parameters: {},
  inputs: { input: 'number', target: 'number' },
  differentiable: ['input', 'target'],
  // t x is exact: the sign of z is right.
  value: ({ input: x, target: t }) => hinge(1 - t * x),
  slopes({ input: x, target: t }) {
    const z = 1 - t * x;
    return { input: hinged(z, -t), target: hinged(z, -x) };
  },
});
