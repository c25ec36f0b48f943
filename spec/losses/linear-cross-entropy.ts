/**
 * # Cross-entropy of a linear layer
 *
 *     ℓ(x, y) = crossEntropy(x Wᵀ + b, y),   x: [F], W: [C F], b: [C]
 *
 * Weights, ignoreIndex, label smoothing and the denominators of `mean` are those of cross-entropy:
 * with classes Σ w_y over the samples that are not ignored, with distributions the number of samples.
 * The logits are never rounded. Products follow IEEE rules: 0 · ∞ is NaN, so that classes are masked
 * by a bias of −∞ and not by weights.
 */
import { type Real, scaled, sum } from '../functions.ts';
import { classes, either, reals, weights } from '../input.ts';
import { products, surprises } from '../layer.ts';
import { type Addends, loss } from '../op.ts';
import { integer, number } from '../param.ts';
import {
  coefficients,
  crossEntropy,
  noIgnoredProbabilities,
  type Target,
} from './cross-entropy.ts';

interface Layer {
  readonly input: readonly Real[];
  readonly linearWeight: readonly (readonly Real[])[];
  readonly linearBias: readonly Real[];
}
interface Sample extends Layer {
  readonly target: Target;
  readonly weight: readonly Real[];
}
interface Numbers {
  readonly ignoreIndex: number;
  readonly labelSmoothing: Real;
}

/** Of one term. */
const alone = { reduction: 'none' };

/** What every logit is the sum of. */
const logitsOf = ({ input: x, linearWeight: W, linearBias: b }: Layer): readonly Addends[] =>
  products(x, W, b);

/** The sample with logits in place of what they are computed from. */
const classified = ({ target, weight, ...layer }: Sample) => ({
  input: logitsOf(layer).map(sum),
  target,
  weight,
});

/** The addends of ∂ℓ/∂ logit for every class. */
const slopes = (sample: Sample, p: Numbers): readonly Addends[] =>
  crossEntropy.derivative.input!(classified(sample), { ...p, ...alone });

export const linearCrossEntropy = loss({
  id: 'linear-cross-entropy',
  inputs: {
    input: reals('N? F', { exact: () => [-128, 0, 128] }),
    linearWeight: reals('C F', { exact: () => [-2, -1, 0, 1, 2] }),
    target: either(
      classes('N?', { count: 'C', unless: 'ignoreIndex' }),
      reals('N? C', { draw: [0, 1], exact: () => [0, 0.5, 1] }),
    ),
    linearBias: reals('C', { absent: 0, exact: () => [-128, 0, 128] }),
    weight: weights('C'),
  },
  over: 'N?',
  params: {
    ignoreIndex: integer({ default: -100 }),
    labelSmoothing: number({ default: 0, min: 0, max: 1, exact: [0, 0.5] }),
  },

  refuse: noIgnoredProbabilities('linear-cross-entropy'),

  term: (sample, p) => crossEntropy.term(classified(sample), { ...p, ...alone }),
  addends(sample, { ignoreIndex, labelSmoothing }) {
    const { target: y, weight: w } = sample;
    if (y === ignoreIndex) return [];
    const a = coefficients(y, w, labelSmoothing);
    return surprises(logitsOf(sample)).flatMap((parts, c) =>
      parts.map((part) => scaled(a[c]!, part)),
    );
  },
  textbook: (sample, p) => crossEntropy.textbook(classified(sample), { ...p, ...alone }),
  derivative: {
    input: (sample, p) => {
      const ofLogits = slopes(sample, p);
      return sample.input.map((_, d) =>
        ofLogits.flatMap((g, c) => g.map((a) => a.times(sample.linearWeight[c]![d]!))),
      );
    },
    linearWeight: (sample, p) =>
      slopes(sample, p).flatMap((g) => sample.input.map((x) => g.map((a) => a.times(x)))),
    linearBias: (sample, p) => slopes(sample, p),
    // ∂ℓ/∂q_c = −w_c (1 − ε) logSoftmax_c
    target: (sample, { labelSmoothing }) => {
      const kept = labelSmoothing.minus(1).neg();
      return surprises(logitsOf(sample)).map((parts, c) =>
        parts.map((part) => scaled(sample.weight[c]!.times(kept), part)),
      );
    },
  },

  clauses: {
    'LCE-1': [
      'linear-cross-entropy-is-cross-entropy-of-linear',
      'It is cross-entropy of what linear gives, all options alike.',
    ],
    'LCE-2': [
      'reduction',
      'With classes, mean divides by Σ w of the targets that are not ignored.',
    ],
    'LCE-3': ['reduction', 'With distributions, mean divides by the number of samples.'],
    'LCE-4': ['empty', 'When every sample is ignored, or there is none, sum is 0 and mean is NaN.'],
    'LCE-5': ['gradient', 'The gradients of weight and bias of the layer sum over all samples.'],
    'LCE-6': ['value', 'The logits are not rounded.'],
    'LCE-7': ['special rows', 'A class is masked by a bias of −∞; 0 · ∞ is NaN.'],
    'LCE-8': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.linear_cross_entropy',
      note: 'also takes a linear_weight of shape [C d₁ … F] for logits with further axes; ignore_index is None by default, which means −100, and no other is taken with distributions',
    },
  },
  sources: ['PyTorch torch.nn.functional.linear_cross_entropy'],
});
