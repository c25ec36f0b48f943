/**
 * # Poly-1 loss
 *
 *     ℓ(x, y) = w_y (−ln p_y + ε (1 − p_y)),   p = softmax(x)
 *
 * Cross-entropy is Σ (1 − p_y)^j / j; here the coefficient of the first power is 1 + ε. ε is −1
 * or more; −1 takes that power away. A sample whose class is `ignoreIndex` contributes nothing;
 * `mean` divides by Σ w_y over the others, as cross-entropy does.
 */
import { isTop, real, scaled, sigmoid, softplus } from '../functions.ts';
import { classified, ignoring, margin, slopesOf, surpriseParts, weighed } from '../margin.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

export const poly1Loss = loss({
  id: 'poly-1-loss',
  inputs: classified,
  over: 'N? *',
  params: {
    epsilon: number({ default: 2, min: -1, draw: [-1, 8], exact: [-1, 0, 1, 2] }),
    ...ignoring,
  },

  term({ input: x, target: y, weight: w }, { epsilon, ignoreIndex }) {
    if (y === ignoreIndex) return { value: real(0), weight: real(0) };
    const z = margin(x, y);
    const value = softplus(z.neg()).plus(epsilon.times(sigmoid(z.neg())));
    return { value: weighed(w[y]!, value, x), weight: w[y]! };
  },
  addends({ input: x, target: y, weight: w }, { epsilon, ignoreIndex }) {
    if (y === ignoreIndex) return [];
    const rest = epsilon.times(sigmoid(margin(x, y).neg()));
    return [...surpriseParts(x, y), rest].map((part) => scaled(w[y]!, part));
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm, and p before it takes it from 1.
  textbook: ({ target: y, weight: w }, { epsilon, ignoreIndex }) =>
    y === ignoreIndex ? [] : [w[y]!, w[y]!.times(epsilon)],
  derivative: {
    // ∂ℓ/∂z = −w_y (1 − p_y) (1 + ε p_y)
    input({ input: x, target: y, weight: w }, { epsilon, ignoreIndex }) {
      if (y === ignoreIndex) return x.map(() => []);
      const z = margin(x, y);
      const by = w[y]!.times(sigmoid(z.neg())).neg();
      return slopesOf(x, y, [by, by.times(epsilon).times(sigmoid(z))]);
    },
  },

  clauses: {
    'POLY-1': [
      'poly-1-loss-without-epsilon-is-cross-entropy',
      'With epsilon = 0 it is cross-entropy of classes, weights and ignoreIndex alike.',
    ],
    'POLY-2': ['reduction', 'mean divides by Σ w of the targets that are not ignored.'],
    'POLY-3': [
      'empty',
      'When every sample is ignored, or there is none, sum is 0 and mean is NaN.',
    ],
    'POLY-4': ['special rows', 'With all other classes masked (logit −∞) loss and slopes are 0.'],
    'POLY-5': ['value', 'A confident row keeps its digits: 1 − p is never computed.'],
    'POLY-6': ['gradient', 'The slope in the logit of the class is −(1 − p) (1 + ε p).'],
    'POLY-7': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
  },

  dialects: {
    jax: {
      name: 'optax.losses.poly_loss_cross_entropy',
      lacks: ['reduction', 'weight', 'ignoreIndex'],
      note: 'takes distributions: a class as a one-hot one; the class axis is the last',
      differs: [
        {
          where: 'another class masked',
          formula: {
            term: ({ input: x, target: y }, { ignoreIndex }) =>
              y !== ignoreIndex && x.some((xi, i) => i !== y && isTop(xi.neg())) ? NaN : undefined,
          },
          witness: { in: { input: [0, -Infinity], target: 0 }, spec: 0, theirs: NaN },
        },
      ],
    },
  },
  sources: ['Leng et al. 2022, "PolyLoss", arXiv:2204.12511, (4)'],
});
