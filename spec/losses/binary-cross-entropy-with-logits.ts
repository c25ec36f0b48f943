/**
 * # Binary cross-entropy of a logit
 *
 *     ℓ(x, y) = w · (v · y · log(1 + e^−x) + (1 − y) · log(1 + e^x))
 *
 * v is `posWeight`. This is binary cross-entropy of σ(x) without its clamp and without its loss of
 * digits: at x = −200, y = 1 it is 200, not 100. Targets are not confined to [0, 1]; beyond, ℓ may be
 * negative. `mean` divides by the number of elements.
 */
import {
  isTop,
  type Real,
  real,
  scaled,
  sigmoid,
  softplus,
  softplusParts,
  weighted,
} from '../functions.ts';
import { reals, weights } from '../input.ts';
import { loss } from '../op.ts';

interface Pair {
  readonly input: Real;
  readonly target: Real;
  readonly weight: Real;
  readonly posWeight: Real;
}

/**
 * ℓ with what the two logarithms have in common taken together: for v = 1 its slope in y is exactly
 * −wx, for v y = y − 1 the loss is exactly a multiple of x, and both may be ties.
 */
function lossOf({ input: x, target: y, weight: w, posWeight: v }: Pair): Real {
  const { up, down, bend } = softplusParts(x);
  const yes = weighted(v, scaled(y, down));
  const no = scaled(real(1).minus(y), up);
  const both = v.minus(1).times(y).plus(1).times(bend);
  return weighted(w, yes.plus(no).plus(both));
}

/** The losses of a yes and of a no, which add up to ℓ. */
function parts({ input: x, target: y, weight: w, posWeight: v }: Pair): readonly [Real, Real] {
  const yes = weighted(v, scaled(y, softplus(x.neg())));
  const no = scaled(real(1).minus(y), softplus(x));
  return [weighted(w, yes), weighted(w, no)];
}

/** At ±∞ as PyTorch computes it: w ((1 − y) x − (1 + (v − 1) y) log σ(x)), by the rules of IEEE. */
const written = ({ input: x, target: y, weight: w, posWeight: v }: Pair): Real => {
  const logSigmoid = isTop(x) ? real(0) : x;
  const factor = v.minus(1).times(y).plus(1);
  return w.times(real(1).minus(y).times(x).minus(factor.times(logSigmoid)));
};

export const binaryCrossEntropyWithLogits = loss({
  id: 'binary-cross-entropy-with-logits',
  inputs: {
    input: reals('*', { exact: () => [-256, -128, 0, 128, 256] }),
    target: reals('*', { draw: [0, 1] }),
    weight: weights('*', { broadcast: true }),
    posWeight: weights('*', { broadcast: true }),
  },
  over: '*',
  params: {},

  term: (pair) => ({ value: lossOf(pair), weight: real(1) }),
  addends: (pair) => parts(pair),
  derivative: {
    // w ((1 − y) σ(x) − v y σ(−x))
    input({ input: x, target: y, weight: w, posWeight: v }) {
      const yes = weighted(v, y.times(sigmoid(x.neg())));
      const no = real(1).minus(y).times(sigmoid(x));
      return [[weighted(w, no), weighted(w, yes).neg()]];
    },
    target({ input: x, weight: w, posWeight: v }) {
      const yes = weighted(v, softplus(x.neg()));
      return [[weighted(w, yes), weighted(w, softplus(x)).neg()]];
    },
  },

  clauses: {
    'BCEL-1': ['parameters', 'posWeight multiplies the positive part only, weight both.'],
    'BCEL-2': ['reduction', 'mean divides by the number of elements, weights or not.'],
    'BCEL-3': ['value', 'There is no clamp: a loss above 100 is returned as it is.'],
    'BCEL-4': ['special rows', 'A logit of ±∞ on the right side of its target costs 0, else +∞.'],
    'BCEL-5': ['value', 'A confident and right logit keeps its digits: ℓ(100, 1) = 3.72e−44.'],
    'BCEL-6': [
      'binary-cross-entropy-three-ways',
      'It is softplus(z) − t z, and cross-entropy([0, z], [1 − t, t]).',
    ],
    'BCEL-7': [
      'one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half',
      'On the two logits of a row it is another loss than cross-entropy.',
    ],
    'BCEL-8': [
      'three-heads-are-one-function',
      'It closes the classification head with one output.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.binary_cross_entropy_with_logits',
      differs: [
        {
          where: 'a logit of +∞ on the right side',
          formula: { term: (pair) => (isTop(pair.input) ? written(pair) : undefined) },
          witness: { in: { input: Infinity, target: 1 }, spec: 0, theirs: NaN },
        },
        {
          where: 'a logit of −∞ on the right side',
          formula: {
            term: (pair) =>
              isTop(pair.input.neg()) && pair.target.sign() === 0 ? written(pair) : undefined,
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
        {
          where: 'a logit of −∞ on the wrong side',
          formula: {
            term: (pair) =>
              isTop(pair.input.neg()) && pair.target.sign() !== 0 ? written(pair) : undefined,
          },
          witness: { in: { input: -Infinity, target: 1 }, spec: Infinity, theirs: NaN },
        },
      ],
    },
    jax: {
      name: 'optax.losses.sigmoid_binary_cross_entropy',
      lacks: ['reduction', 'weight', 'posWeight'],
      differs: [
        {
          where: 'a logit of +∞ on the right side',
          formula: {
            term: ({ input: x, target: y }) =>
              isTop(x) && y.minus(1).sign() === 0 ? NaN : undefined,
          },
          witness: { in: { input: Infinity, target: 1 }, spec: 0, theirs: NaN },
        },
        {
          where: 'a logit of −∞ on the right side',
          formula: {
            term: ({ input: x, target: y }) => (isTop(x.neg()) && y.sign() === 0 ? NaN : undefined),
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
      ],
    },
    keras: {
      name: 'keras.losses.BinaryCrossentropy(from_logits=True)',
      lacks: ['weight', 'posWeight'],
      note: 'mean over the last axis first',
    },
    tfjs: { name: 'tf.losses.sigmoidCrossEntropy', lacks: ['posWeight'] },
    tinygrad: { name: 'Tensor.binary_crossentropy_logits', lacks: ['weight'] },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, binary_cross_entropy_with_logits'],
});
