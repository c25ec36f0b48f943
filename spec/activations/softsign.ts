/**
 * # Softsign
 *
 *     softsign(x) = x / (1 + |x|)
 *
 * It has no kink: its slope, 1 / (1 + |x|)², is continuous at 0. The limits at ±∞ are ±1.
 */
import { abs, real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const softsign = elementwise({
  id: 'softsign',
  params: {},

  f: (x) => x.div(abs(x).plus(1)),
  df: (x) => real(1).div(abs(x).plus(1).squared()),

  edges: () => ({ negInf: -1, negZero: -0, posZero: 0, posInf: 1, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  // ±2²⁵, from where it rounds to ±1 in float32; ±2⁶³, from where the slope is subnormal; ±2⁶⁴, whose
  // square overflows; ±2¹²⁶, whose reciprocal is subnormal.
  points: () => [25, 63, 64, 126].flatMap((n) => [-(2 ** n), 2 ** n]),
  range: () => [-1, 1],
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'SOFTSIGN-1': ['range', '−1 ≤ softsign(x) ≤ 1.'],
    'SOFTSIGN-2': ['odd', 'softsign(−x) = −softsign(x), bit for bit.'],
    'SOFTSIGN-3': ['monotone', 'softsign never decreases.'],
    'SOFTSIGN-4': ['edges', 'softsign(±∞) is ±1, the limit, and softsign(±0) is ±0.'],
    'SOFTSIGN-5': ['gradient', 'The slope is 1 / (1 + |x|)²: 1 at 0, subnormal in the far tails.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.softsign',
      differs: [
        {
          where: 'x = ±∞',
          formula: { edges: () => ({ negInf: NaN, posInf: NaN }) },
          witness: { in: { input: Infinity }, spec: 1, theirs: NaN },
        },
        {
          where: 'the gradient at ±∞',
          formula: { slopes: () => ({ negInf: NaN, posInf: NaN }) },
          witness: { in: { input: -Infinity }, of: 'grad:input', spec: 0, theirs: NaN },
        },
      ],
    },
    onnx: {
      name: 'Softsign',
      opset: 22,
      differs: [
        {
          where: 'x = ±∞',
          formula: { edges: () => ({ negInf: NaN, posInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -1, theirs: NaN },
        },
        {
          where: 'onnxruntime, float32, huge x: the reciprocal of 1 + |x| is off',
          witness: { in: { input: 2.619266e38 }, spec: 1, theirs: 1.0000002 },
        },
      ],
    },
    jax: { name: 'jax.nn.soft_sign' },
    keras: { name: 'keras.activations.softsign' },
    tfjs: { name: "tf.layers.activation('softsign')" },
    tinygrad: { name: 'Tensor.softsign' },
  },
  sources: ['Turian, Bergstra and Bengio 2009, "Quadratic features and deep architectures"'],
});
