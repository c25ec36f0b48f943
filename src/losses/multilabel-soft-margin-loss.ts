/**
 * # Multi-label soft margin loss
 *
 *     ℓ(x, t) = 1/C Σ_c w_c (t_c ln(1 + e⁻ˣ) + (1 − t_c) ln(1 + eˣ))
 *     ∂ℓ/∂x_c = w_c/C ((1 − t_c) σ(x) − t_c σ(−x)),   ∂ℓ/∂t_c = −w_c/C x_c
 */
import { sigmoid, softplus } from '../math/float64.ts';
import { scaled, sum } from '../math/scaled.ts';
import { termLoss } from '../term-loss.ts';

export const multilabelSoftMarginLoss = termLoss({
  id: 'multilabel-soft-margin-loss',
  accuracy: { value: 'A', gradient: 'B' },
  parameters: {},
  inputs: { input: 'vector', target: 'vector', weight: 'spread' },
  differentiable: ['input', 'target'],
  optional: ['weight'],
  value({ input: x, target: t, weight: w }) {
    const total = sum(2 * x.length, (k) => {
      const c = k >> 1;
      const part = k % 2 ? scaled(t[c]!, softplus(-x[c]!)) : scaled(1 - t[c]!, softplus(x[c]!));
      return scaled(w[c]!, part);
    });
    return total / x.length;
  },
  slopes: ({ input, target, weight }) => ({
    input: Array.from(input, (x, c) => {
      const [t, w] = [target[c]!, weight[c]!];
      const no = scaled(w, (1 - t) * sigmoid(x));
      return (no - scaled(w, t * sigmoid(-x))) / input.length;
    }),
    target: Array.from(input, (x, c) => scaled(weight[c]!, -x) / input.length),
  }),
});
