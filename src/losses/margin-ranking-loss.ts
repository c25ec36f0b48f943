/**
 * # Margin ranking loss
 *
 *     ℓ(x, y, t) = max(0, z),   z = −t (x − y) + margin
 *     ∂ℓ/∂x = −t,   ∂ℓ/∂y = t,   ∂ℓ/∂t = y − x      where z ≥ 0
 */
import { exactSum } from '../math/exact-sum.ts';
import { hinge, hinged } from '../math/hinge.ts';
import { number } from '../parameters.ts';
import { termLoss } from '../term-loss.ts';

/** The sign has to be right, which costs three exact terms. */
function missing(x: number, y: number, t: number, margin: number): number {
  const plain = -t * (x - y) + margin;
  return Number.isFinite(plain) ? exactSum([-t * x, t * y, margin]) : plain;
}

export const marginRankingLoss = termLoss({
  id: 'margin-ranking-loss',
  parameters: { margin: number({ default: 0 }) },
  inputs: { input1: 'number', input2: 'number', target: 'number' },
  differentiable: ['input1', 'input2', 'target'],
  value: ({ input1, input2, target }, { margin }) => hinge(missing(input1, input2, target, margin)),
  slopes({ input1: x, input2: y, target: t }, { margin }) {
    const z = missing(x, y, t, margin);
    return { input1: hinged(z, -t), input2: hinged(z, t), target: hinged(z, y - x) };
  },
});
