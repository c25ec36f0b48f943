/**
 * # Leaky ReLU
 *
 *     leakyRelu(x) = x                    where x > 0
 *                    negativeSlope · x    elsewhere
 *
 * Any finite slope s is legal. From 0 to 1 the function is max(x, s x). Above 1 it is min(x, s x): the
 * left side is the steeper one. Below 0 it falls on the left, as |x| does for −1. A slope of 0 leaves
 * −0 of every negative number, −∞ included.
 */
import { type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

/** What the left side comes to at −∞. */
const farLeft = (slope: Real): number => (slope.sign() === 0 ? -0 : slope.sign() * -Infinity);

export const leakyRelu = elementwise({
  id: 'leaky-relu',
  params: { negativeSlope: number({ default: 0.01, draw: [-2, 2] }) },

  f: (x, { negativeSlope }) => (x.gt(0) ? x : x.times(negativeSlope)),
  df: (x, { negativeSlope }) => (x.gt(0) ? real(1) : negativeSlope),

  // Both zeros are multiplied by the slope.
  edges: ({ negativeSlope }) => ({
    negInf: farLeft(negativeSlope),
    negZero: negativeSlope.sign() < 0 ? 0 : -0,
    posZero: negativeSlope.sign() < 0 ? -0 : 0,
    posInf: Infinity,
    nan: NaN,
  }),
  slopes: ({ negativeSlope }) => ({ negInf: negativeSlope, posInf: 1 }),
  kinks: ({ negativeSlope }) => [{ at: 0, left: negativeSlope, right: 1, torch: negativeSlope }],
  range: ({ negativeSlope }) => [negativeSlope > 0 ? -Infinity : 0, Infinity],
  isIncreasing: ({ negativeSlope }) => negativeSlope >= 0,

  clauses: {
    'LRELU-1': ['value', 'The left side is one product, the right side is x.'],
    'LRELU-2': ['edges', 'Zeros are multiplied by the slope, −∞ too: by 0 it gives −0.'],
    'LRELU-3': ['gradient', 'The slope at 0 is negativeSlope; anything from it to 1 will do.'],
    'LRELU-4': ['parameters', 'negativeSlope may be any finite number, also above 1 or below 0.'],
    'LRELU-5': [
      'leaky-relu-of-slope-0-is-relu',
      'With slope 0 it is relu, but for the sign of zeros on the left.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.leaky_relu',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: ({ negativeSlope }) => ({ nan: negativeSlope }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 0.01 },
        },
        {
          where: 'x = −∞ with slope 0',
          formula: {
            edges: ({ negativeSlope }) => ({
              negInf: negativeSlope.sign() === 0 ? NaN : undefined,
            }),
          },
          witness: {
            in: { input: -Infinity },
            params: { negativeSlope: 0 },
            spec: -0,
            theirs: NaN,
          },
        },
      ],
    },
    onnx: {
      name: 'LeakyRelu',
      opset: 16,
      attributes: { negativeSlope: 'alpha' },
      note: 'alpha is a float32',
      differs: [
        {
          where: 'x = −∞ with slope 0',
          formula: {
            edges: ({ negativeSlope }) => ({
              negInf: negativeSlope.sign() === 0 ? NaN : undefined,
            }),
          },
          witness: {
            in: { input: -Infinity },
            params: { negativeSlope: 0 },
            spec: -0,
            theirs: NaN,
          },
        },
        {
          where: 'x = ±0 with a negative slope: zeros are not multiplied',
          formula: {
            edges: ({ negativeSlope }) =>
              negativeSlope.sign() < 0 ? { negZero: -0, posZero: 0 } : {},
          },
          witness: { in: { input: 0 }, params: { negativeSlope: -1 }, spec: -0, theirs: 0 },
        },
      ],
    },
    jax: { name: 'jax.nn.leaky_relu', note: 'the gradient at 0 is 1' },
    keras: { name: 'keras.activations.leaky_relu', defaults: { negativeSlope: 0.2 } },
    tfjs: { name: 'tf.leakyRelu', defaults: { negativeSlope: 0.2 } },
    tinygrad: { name: 'Tensor.leaky_relu' },
  },
  sources: [
    'Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models"',
    'ONNX operator LeakyRelu-16',
  ],
});
