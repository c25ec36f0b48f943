/**
 * # Z-loss
 *
 *     ℓ(x) = c (ln Z)²,   Z = Σ_k e^(x_k)
 *
 * What PaLM adds to cross-entropy, with c = 1e−4, to keep ln Z next to 0; the softmax does not
 * change with it. It knows no target: to leave out samples, leave out their rows. `mean` divides by
 * the number of rows.
 */
import { logSumExpParts } from '../activations/log-sum-exp.ts';
import { isNan, real, scaled, softmax } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

export const zLoss = loss({
  id: 'z-loss',
  inputs: { input: reals('N? C *', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: 'N? *',
  params: { coefficient: number({ default: 1e-4, min: 0, draw: [0, 8], exact: [0, 0.5, 1] }) },

  term({ input: x }, { coefficient }) {
    const [m, rest] = logSumExpParts(x);
    return { value: scaled(coefficient, m.plus(rest).squared()), weight: real(1) };
  },
  addends({ input: x }, { coefficient }) {
    const [m, rest] = logSumExpParts(x);
    const z = m.plus(rest);
    return [m, rest].map((part) => scaled(coefficient, part.sign() === 0 ? part : z.times(part)));
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm.
  textbook({ input: x }, { coefficient }) {
    const [m, rest] = logSumExpParts(x);
    return [scaled(coefficient, m.plus(rest))];
  },
  derivative: {
    // 2 c ln Z softmax(x)
    input({ input: x }, { coefficient }) {
      const [m, rest] = logSumExpParts(x);
      if (coefficient.sign() === 0 && !isNan(m)) return x.map(() => []);
      const by = coefficient.times(2);
      return softmax(x).map((p) => [m, rest].map((part) => by.times(part).times(p)));
    },
  },

  clauses: {
    'ZL-1': ['z-loss-is-log-sum-exp-squared', 'With c = 1 it is the square of log-sum-exp.'],
    'ZL-2': ['reduction', 'mean divides by the number of rows.'],
    'ZL-3': [
      'special rows',
      'A masked class (logit −∞) counts nothing; a row of such only costs ∞.',
    ],
    'ZL-4': ['special rows', 'With c = 0 an infinite ln Z is silent.'],
    'ZL-5': ['gradient', 'The gradient is 2 c ln Z times softmax(x), and NaN where the loss is ∞.'],
    'ZL-6': ['parameters', 'The coefficient is from 0 on, and 1e−4 where it is not given.'],
    'ZL-7': ['empty', 'Of no rows sum is 0 and mean is NaN.'],
  },

  dialects: {},
  sources: ['Chowdhery et al. 2022, "PaLM", arXiv:2204.02311, §5'],
});
