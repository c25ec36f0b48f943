/**
 * # Generalized cross-entropy
 *
 *     ℓ(x, y) = w_y (1 − p_y^q) / q,   p = softmax(x)
 *
 * Between cross-entropy, its limit at q = 0 (which is a legal q), and 1 − p_y at q = 1, half the
 * mean absolute error between p and the one-hot class. It is at most 1/q, so that a wrong label
 * costs little. A sample whose class is `ignoreIndex` contributes nothing; `mean` divides by Σ w_y
 * over the others, as cross-entropy does.
 */
import { exp, expm1, type Real, real, scaled, sigmoid, softplus } from '../functions.ts';
import { classified, ignoring, margin, slopesOf, weighed } from '../margin.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

const lossOf = (z: Real, q: Real): Real => {
  const surprise = softplus(z.neg());
  return q.sign() === 0 ? surprise : expm1(q.times(surprise).neg()).neg().div(q);
};

export const generalizedCrossEntropy = loss({
  id: 'generalized-cross-entropy',
  inputs: classified,
  over: 'N? *',
  params: { q: number({ default: 0.7, min: 0, max: 1, exact: [0, 0.5, 1] }), ...ignoring },

  term({ input: x, target: y, weight: w }, { q, ignoreIndex }) {
    if (y === ignoreIndex) return { value: real(0), weight: real(0) };
    return { value: weighed(w[y]!, lossOf(margin(x, y), q), x), weight: w[y]! };
  },
  addends: ({ input: x, target: y, weight: w }, { q, ignoreIndex }) =>
    y === ignoreIndex ? [] : [scaled(w[y]!, lossOf(margin(x, y), q))],
  // Textbook code rounds p^q before it takes it from 1.
  textbook: ({ target: y, weight: w }, { q, ignoreIndex }) =>
    y === ignoreIndex ? [] : [q.sign() === 0 ? w[y]! : w[y]!.div(q)],
  derivative: {
    // ∂ℓ/∂z = −w_y p_y^q (1 − p_y)
    input({ input: x, target: y, weight: w }, { q, ignoreIndex }) {
      if (y === ignoreIndex) return x.map(() => []);
      const z = margin(x, y);
      const powered = exp(scaled(q, softplus(z.neg())).neg());
      return slopesOf(x, y, [w[y]!.times(powered).times(sigmoid(z.neg())).neg()]);
    },
  },

  clauses: {
    'GCE-1': [
      'generalized-cross-entropy-of-q-0-is-cross-entropy',
      'With q = 0 it is cross-entropy of classes, weights and ignoreIndex alike.',
    ],
    'GCE-2': [
      'generalized-cross-entropy-of-q-1-is-what-is-left-of-the-softmax',
      'With q = 1 it is 1 − softmax(x)_y.',
    ],
    'GCE-3': ['reduction', 'mean divides by Σ w of the targets that are not ignored.'],
    'GCE-4': ['empty', 'When every sample is ignored, or there is none, sum is 0 and mean is NaN.'],
    'GCE-5': ['special rows', 'A masked class as the target costs 1/q, and has no slope then.'],
    'GCE-6': ['value', 'A confident row keeps its digits, and so does any row for a q next to 0.'],
    'GCE-7': ['gradient', 'The slope in the logit of the class is −p^q (1 − p).'],
    'GCE-8': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
    'GCE-9': ['parameters', 'q is from 0 to 1; 0 is the limit.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.CategoricalGeneralizedCrossEntropy',
      defaults: { q: 0.5 },
      lacks: ['weight', 'ignoreIndex'],
      note: 'takes probabilities, along the last axis; 0 < q < 1',
    },
  },
  sources: [
    'Zhang and Sabuncu 2018, "Generalized cross entropy loss for training deep neural networks with noisy labels", arXiv:1805.07836, (6)',
  ],
});
