/**
 * # Soft margin loss
 *
 *     ℓ(x, t) = ln(1 + e⁻ᵗˣ),   ∂ℓ/∂x = −t σ(−t x),   ∂ℓ/∂t = −x σ(−t x)
 */
import { sigmoid, softplus } from '../math/float64.ts';
import { termLoss } from '../term-loss.ts';

export const softMarginLoss = termLoss({
  id: 'soft-margin-loss',
  parameters: {},
  inputs: { input: 'number', target: 'number' },
  differentiable: ['input', 'target'],
  // t x is exact.
  value: ({ input: x, target: t }) => softplus(-t * x),
  slopes({ input: x, target: t }) {
    const share = sigmoid(-t * x);
    return { input: -t * share, target: -x * share };
  },
});
