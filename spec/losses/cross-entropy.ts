/**
 * # Cross-entropy
 *
 *     ℓ(x, y) = −Σ_c a_c · logSoftmax(x)_c
 *     a_c     = w_c · ((1 − ε) q_c + ε / C)
 *
 * The target y is a class, then q_c = [c = y]; or it is a distribution, then q = y. w are the class
 * weights, ε the label smoothing, C the number of classes. A sample whose class is `ignoreIndex`
 * contributes nothing. A distribution is not checked for adding up to 1.
 *
 * `mean` surprises people:
 *
 * - with classes it divides by Σ w_y over the samples that were not ignored, so that with weights it
 *   is not the average of what `none` returns; with label smoothing the denominator is still Σ w_y,
 *   although every class weight now occurs in the numerator;
 * - with distributions it divides by the number of samples, weights or not. The same targets, once
 *   as classes and once as one-hot distributions, give two different means;
 * - when every sample is ignored, it is 0/0 = NaN while `sum` is 0.
 */
import {
  dot,
  isNan,
  isSilenced,
  logSoftmax,
  logSumExp,
  type Real,
  real,
  scaled,
  softmax,
  sum,
  weighted,
} from '../functions.ts';
import { classes, either, reals, weights } from '../input.ts';
import { type GivenForms, loss } from '../op.ts';
import { integer, number } from '../param.ts';

export type Target = number | readonly Real[];

interface Sample {
  readonly input: readonly Real[];
  readonly target: Target;
  readonly weight: readonly Real[];
}

/** a_c = w_c ((1 − ε) q_c + ε / C) */
export const coefficients = (y: Target, w: readonly Real[], epsilon: Real): readonly Real[] =>
  w.map((wc, c) => {
    const q = typeof y === 'number' ? real(c === y ? 1 : 0) : y[c]!;
    const label = weighted(real(1).minus(epsilon), q);
    return weighted(wc, label.plus(epsilon.div(w.length)));
  });

/** Probabilities belong to samples that all count. */
export const noIgnoredProbabilities =
  (id: string) =>
  ({ ignoreIndex }: { readonly ignoreIndex: number }, { target }: GivenForms): void => {
    if (target === 'reals' && ignoreIndex >= 0)
      throw new RangeError(
        `${id}: ignoreIndex = ${ignoreIndex} should be left out: target holds probabilities`,
      );
  };

/** Whether a coefficient of 0 silences a logit of −∞, which alone has that logarithm. */
const silences = (
  { input: x, target: y, weight: w }: Sample,
  { ignoreIndex, labelSmoothing }: { readonly ignoreIndex: number; readonly labelSmoothing: Real },
): boolean => {
  if (y === ignoreIndex) return false;
  const isSeen = (c: number) => typeof y !== 'number' || c === y || labelSmoothing.sign() > 0;
  const a = coefficients(y, w, labelSmoothing);
  return logSoftmax(x).some((xc, c) => isSeen(c) && isSilenced(a[c]!, xc));
};

export const crossEntropy = loss({
  id: 'cross-entropy',
  inputs: {
    input: reals('N? C *', { exact: () => [-256, -128, 0, 128, 256] }),
    target: either(
      classes('N? *', { count: 'C', unless: 'ignoreIndex' }),
      reals('N? C *', { draw: [0, 1], exact: () => [0, 0.5, 1] }),
    ),
    weight: weights('C'),
  },
  over: 'N? *',
  params: {
    ignoreIndex: integer({ default: -100 }),
    labelSmoothing: number({ default: 0, min: 0, max: 1, exact: [0, 0.5] }),
  },

  refuse: noIgnoredProbabilities('cross-entropy'),

  term({ input: x, target: y, weight: w }, { ignoreIndex, labelSmoothing }) {
    if (y === ignoreIndex) return { value: real(0), weight: real(0) };
    const a = coefficients(y, w, labelSmoothing);
    return {
      value: dot(a, logSoftmax(x)).neg(),
      weight: typeof y === 'number' ? w[y]! : real(1),
    };
  },
  addends({ input: x, target: y, weight: w }, { ignoreIndex, labelSmoothing }) {
    if (y === ignoreIndex) return [];
    const a = coefficients(y, w, labelSmoothing);
    const { m, rest } = logSumExp(x);
    return a.flatMap((ac, c) => [scaled(ac, m.minus(x[c]!)), scaled(ac, rest)]);
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm.
  textbook: ({ target: y, weight: w }, { ignoreIndex, labelSmoothing }) =>
    y === ignoreIndex ? [] : coefficients(y, w, labelSmoothing),
  derivative: {
    // ∂ℓ/∂x_j = (Σ_c a_c) softmax(x)_j − a_j
    input({ input: x, target: y, weight: w }, { ignoreIndex, labelSmoothing }) {
      if (y === ignoreIndex) return x.map(() => []);
      const a = coefficients(y, w, labelSmoothing);
      return softmax(x).map((p, j) => [sum(a).times(p), a[j]!.neg()]);
    },
    // ∂ℓ/∂q_c = −w_c (1 − ε) logSoftmax(x)_c
    target({ input: x, weight: w }, { labelSmoothing }) {
      const { m, rest } = logSumExp(x);
      const by = w.map((wc) => wc.times(real(1).minus(labelSmoothing)));
      return x.map((xc, c) => [scaled(by[c]!, m.minus(xc)), scaled(by[c]!, rest)]);
    },
  },

  clauses: {
    'CE-1': [
      'cross-entropy-is-nll-of-log-softmax',
      'Without label smoothing, cross-entropy of classes is nll-loss of log-softmax.',
    ],
    'CE-2': ['reduction', 'With classes, mean divides by Σ w of the targets that are not ignored.'],
    'CE-3': ['reduction', 'Label smoothing leaves the denominator of mean unchanged.'],
    'CE-4': [
      'reduction',
      'With distributions, mean divides by the number of samples, weights or not.',
    ],
    'CE-5': ['empty', 'When every sample is ignored, or there is none, sum is 0 and mean is NaN.'],
    'CE-6': ['special rows', 'An ignored sample contributes exactly 0, whatever its row holds.'],
    'CE-7': ['value', 'A loss near 0 keeps its digits: cross-entropy([18, 0], 0) = 1.523e−8.'],
    'CE-8': ['special rows', 'A coefficient of 0 silences its class, a logit of −∞ included.'],
    'CE-9': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
    'CE-10': ['gradient', 'The gradient of a confident sample keeps its digits.'],
    'CE-11': [
      'gradient-rows-of-cross-entropy-sum-to-zero',
      'The gradient of every sample sums to 0 over the classes.',
    ],
    'CE-12': [
      'one-hot-probabilities-are-indices-except-for-weighted-means',
      'One-hot distributions give what their classes give, but not the weighted mean.',
    ],
    'CE-13': [
      'cross-entropy-is-log-sum-exp-minus-the-logit',
      'Without weights cross-entropy(x, y) = log-sum-exp(x) − x_y.',
    ],
    'CE-14': [
      'cross-entropy-is-kl-plus-entropy',
      'Of a distribution it is kl-div of log-softmax plus the entropy of the distribution.',
    ],
    'CE-15': [
      'binary-cross-entropy-three-ways',
      'Of the logits 0 and z it is binary-cross-entropy-with-logits of z.',
    ],
    'CE-16': [
      'three-heads-are-one-function',
      'It closes the classification head with two outputs.',
    ],
    'CE-17': ['symmetric-cross-entropy-is-a-sum', 'It is one part of symmetric-cross-entropy.'],
    'CE-18': [
      'label-smoothing-mixes-with-the-uniform-distribution',
      'Smoothed, it is (1 − ε) times that of the class and ε times that of all classes alike.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.cross_entropy',
      note: 'labelSmoothing < 0 is taken as 0',
      differs: [
        {
          where: 'the gradient in the probability of a class of weight 0 and an infinite logarithm',
          formula: {
            derivative: {
              target: ({ input: x, weight: w }) => {
                const logs = logSoftmax(x);
                return x.map((_, c) =>
                  w[c]!.sign() === 0 && !logs[c]!.isFinite() ? [real(NaN)] : undefined,
                );
              },
            },
          },
          witness: {
            in: { input: [[-Infinity, 0]], target: [[0, 1]], weight: [0, 1] },
            params: { reduction: 'sum' },
            of: 'grad:target',
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'the gradient of an ignored row that has no softmax',
          formula: {
            derivative: {
              input: ({ input: x, target: y }, { ignoreIndex }) =>
                x.map(() =>
                  y === ignoreIndex && isNan(sum(softmax(x))) ? [real(NaN)] : undefined,
                ),
            },
          },
          witness: {
            in: {
              input: [
                [1, 0],
                [NaN, 0],
              ],
              target: [0, -100],
            },
            of: 'grad:input',
            element: 2,
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'a distribution with probability 0 at a logit of −∞',
          formula: {
            term: (sample, p) =>
              typeof sample.target !== 'number' && silences(sample, p) ? NaN : undefined,
          },
          witness: { in: { input: [-Infinity, 0], target: [0.0, 1.0] }, spec: 0, theirs: NaN },
        },
        {
          where: 'weight 0 and a logit of −∞',
          formula: {
            term: (sample, p) =>
              typeof sample.target === 'number' && silences(sample, p) ? NaN : undefined,
          },
          witness: {
            in: { input: [[-Infinity, 0]], target: [0], weight: [0, 1] },
            params: { reduction: 'sum' },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    onnx: {
      name: 'SoftmaxCrossEntropyLoss',
      opset: 13,
      attributes: { reduction: 'reduction', ignoreIndex: 'ignore_index' },
      ranks: [2, 3, 4, 5],
      lacks: ['labelSmoothing', 'target: probabilities'],
      note: 'ignore_index has no default; operator sets 12 and 13 differ in types only; a second output holds the log-probabilities, ignored or not',
      differs: [
        {
          where: 'weight 0 and a logit of −∞',
          formula: {
            term: (sample, p) =>
              typeof sample.target === 'number' && silences(sample, p) ? NaN : undefined,
          },
          witness: {
            in: { input: [[-Infinity, 0]], target: [0], weight: [0, 1] },
            params: { reduction: 'sum' },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.softmax_cross_entropy_with_integer_labels',
      also: {
        'optax.losses.softmax_cross_entropy': {},
        'optax.losses.safe_softmax_cross_entropy': {},
      },
      lacks: ['labelSmoothing', 'ignoreIndex', 'reduction', 'weight'],
      note: 'the class axis is the last; softmax_cross_entropy and safe_softmax_cross_entropy take distributions, and differ at probability 0 of a logit of −∞: NaN and 0; optax.losses.smooth_labels smooths them by this formula',
    },
    keras: {
      name: 'keras.losses.SparseCategoricalCrossentropy(from_logits=True)',
      also: { 'keras.losses.CategoricalCrossentropy(from_logits=True)': {} },
      lacks: ['weight', 'labelSmoothing'],
      note: 'the class axis is the last; ignore_class is None by default; CategoricalCrossentropy takes distributions, and smooths them by this formula; without from_logits both take probabilities, moved into [1e−7, 1 − 1e−7]; on JAX a logit of −∞ gives NaN',
    },
    tfjs: { name: 'tf.losses.softmaxCrossEntropy', note: 'distributions only' },
    tinygrad: { name: 'Tensor.cross_entropy', lacks: ['ignoreIndex'] },
  },
  sources: [
    'PyTorch aten/src/ATen/native/LossNLL.cpp, cross_entropy_loss_label_smoothing',
    'ONNX operator SoftmaxCrossEntropyLoss-13',
    'Szegedy et al., arXiv:1512.00567, §7 (label smoothing)',
  ],
});
