/**
 * # GELU: Gaussian error linear unit
 *
 *     gelu(x) = x Φ(x),     Φ(x) = ½ erfc(−x / √2)
 *
 * Φ(x) is the probability that a standard normal variable is below x. The `tanh` form replaces it by
 *
 *     Φ̃(x) = ½ (1 + tanh u) = σ(2u),     u(x) = √(2/π) (x + 0.044715 x³)
 *
 * The two forms are different functions, 4.73e−4 apart at x = ±2.699, which on the left is half a million
 * float32 ulps: an implementation is right about one of them, never about "GELU" in general. Written
 * with 1 + erf or 1 + tanh, either loses its left tail, where that sum cancels.
 */
import { normal, normalDensity } from '../erfc.ts';
import { pi, type Real, real, sigmoid, sqrt } from '../functions.ts';
import { elementwise } from '../op.ts';
import { choice } from '../param.ts';

/** 2u and its slope. */
const scale = (): Real => sqrt(real(8).div(pi()));
const twiceU = (x: Real): Real => scale().times(x).times(x.squared().times('0.044715').plus(1));
const slopeOfTwiceU = (x: Real): Real => scale().times(x.squared().times('0.134145').plus(1));

const likeNormal = (x: Real): Real => sigmoid(twiceU(x));
const likeDensity = (x: Real): Real =>
  slopeOfTwiceU(x).times(likeNormal(x)).times(likeNormal(x.neg()));

export const gelu = elementwise({
  id: 'gelu',
  params: { approximate: choice('none', 'tanh') },

  f: (x, { approximate }) => x.times(approximate === 'none' ? normal(x) : likeNormal(x)),
  df: (x, { approximate }) =>
    approximate === 'none'
      ? normal(x).plus(x.times(normalDensity(x)))
      : likeNormal(x).plus(x.times(likeDensity(x))),

  // The factor beside x vanishes faster than any power of x.
  edges: () => ({ negInf: -0, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  // The minimum; where float32 results become subnormal and 0; where they are x.
  points: ({ approximate }) =>
    approximate === 'none'
      ? [-0.7517915, -13.146247, -14.356068, 5.419983]
      : [-0.7524614, -10.100637, -10.770868, 5.06138],
  range: ({ approximate }) => [approximate === 'none' ? -0.1699713 : -0.1700408, Infinity],

  clauses: {
    'GELU-1': [
      'parameters',
      'The forms none and tanh are two functions; neither stands for the other.',
    ],
    'GELU-2': ['value', 'The left tail keeps its digits down to the smallest subnormal number.'],
    'GELU-3': ['edges', 'gelu(−∞) is −0, the limit, and gelu(−0) is −0.'],
    'GELU-4': [
      'gradient',
      'The slope is Φ(x) + x φ(x): negative left of −0.7517915, largest at √2, where it is 1.129.',
    ],
    'GELU-5': ['range', 'Results are above −0.1699713, or −0.1700408 in the tanh form.'],
    'GELU-6': ['gelu-minus-its-mirror-is-x', 'gelu(x) − gelu(−x) = x, in either form.'],
    'GELU-7': ['gelu-with-tanh-is-x-times-sigmoid', 'The tanh form is x σ(2u), without a tanh.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.gelu',
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
        {
          where: 'the gradient at ±∞',
          formula: { slopes: () => ({ negInf: NaN, posInf: NaN }) },
          witness: { in: { input: Infinity }, of: 'grad:input', spec: 1, theirs: NaN },
        },
        {
          where: 'x below about −8.3, in float32 −5.5: 1 + erf cancels, and the tail is −0',
          witness: { in: { input: -9 }, spec: -1.0157295653584566e-18, theirs: -0 },
        },
      ],
    },
    onnx: {
      name: 'Gelu',
      opset: 20,
      attributes: { approximate: 'approximate' },
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
      ],
      also: { 'com.microsoft.Gelu': {}, 'com.microsoft.FastGelu': { approximate: 'tanh' } },
    },
    jax: {
      name: 'jax.nn.gelu',
      defaults: { approximate: 'tanh' },
      note: 'approximate is a boolean there: True, the default, is tanh',
    },
    keras: { name: 'keras.activations.gelu', note: 'approximate is a boolean there: True is tanh' },
    tfjs: {
      name: "tf.layers.activation('gelu')",
      lacks: ['approximate'],
      also: { "tf.layers.activation('gelu_new')": { approximate: 'tanh' } },
    },
    tinygrad: { name: 'Tensor.gelu', defaults: { approximate: 'tanh' }, lacks: ['approximate'] },
  },
  sources: ['Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2', 'ONNX operator Gelu-20'],
});
