/**
 * # Symmetric cross-entropy
 *
 *     ℓ(x, y) = a · CE(x, y) + b · RCE(x, y)
 *
 * CE is cross-entropy of classes without weights, RCE is `reverse-cross-entropy`, whose page says what
 * eps and probabilityEps are and why no two implementations agree on them. The paper (Wang et al.
 * 2019, arXiv:1908.06112) calls a and b α and β. `mean` divides by the number of samples.
 */
import { logSoftmax, logSumExp, real, scaled, softmax, sum } from '../functions.ts';
import { classes, reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';
import { clamps, reverseAddends, reverseSlopes } from './reverse-cross-entropy.ts';

export const symmetricCrossEntropy = loss({
  id: 'symmetric-cross-entropy',
  inputs: {
    input: reals('N? C *', { exact: () => [-256, -128, 0, 128, 256] }),
    target: classes('N? *', { count: 'C' }),
  },
  over: 'N? *',
  params: {
    a: number({ default: 1, draw: [0, 8], exact: [0, 1, 2] }),
    b: number({ default: 1, draw: [0, 8], exact: [0, 1, 2] }),
    ...clamps,
  },

  term(sample, p) {
    const cross = logSoftmax(sample.input)[sample.target]!.neg();
    const reverse = sum(reverseAddends(sample, p));
    return { value: scaled(p.a, cross).plus(scaled(p.b, reverse)), weight: real(1) };
  },
  addends(sample, p) {
    const { m, rest } = logSumExp(sample.input);
    const cross = [m.minus(sample.input[sample.target]!), rest];
    const reverse = reverseAddends(sample, p);
    return [...cross.map((t) => scaled(p.a, t)), ...reverse.map((t) => scaled(p.b, t))];
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm.
  textbook: (_, { a }) => [a],
  derivative: {
    // a (softmax(x)_j − [j = y]) + b ∂RCE/∂x_j
    input(sample, p) {
      const reverse = reverseSlopes(sample, p);
      return softmax(sample.input).map((s, j) => [
        p.a.times(s),
        ...(j === sample.target ? [p.a.neg()] : []),
        ...reverse[j]!.map((t) => p.b.times(t)),
      ]);
    },
  },

  clauses: {
    'SCE-1': ['symmetric-cross-entropy-is-a-sum', 'It is a · cross-entropy + b · reverse.'],
    'SCE-2': ['mean-is-sum-over-denominator', 'mean divides by the number of samples.'],
    'SCE-3': ['errors', 'A label outside [0, C) is an error: none is ignored.'],
    'SCE-4': ['parameters', 'a, b, eps and probabilityEps each change the loss.'],
    'SCE-5': ['special rows', 'With a = 0 an infinite cross-entropy is silent.'],
    'SCE-6': ['gradient', 'The gradient is that of both parts.'],
  },

  dialects: {},
  sources: ['Wang et al. 2019, "Symmetric cross entropy for robust learning", arXiv:1908.06112'],
});
