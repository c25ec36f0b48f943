/**
 * # Tanh: hyperbolic tangent
 *
 *     tanh x = (e^x − e^−x) / (e^x + e^−x) = 2σ(2x) − 1
 *
 * Neither form is fit for computing: near 0 both are differences of numbers close to each other.
 */
import { sigmoid, tanh as tanhOf } from '../functions.ts';
import { elementwise } from '../op.ts';

export const tanh = elementwise({
  id: 'tanh',
  params: {},

  f: tanhOf,
  // 1 − tanh² x
  df: (x) =>
    sigmoid(x.times(2))
      .times(sigmoid(x.times(-2)))
      .times(4),

  edges: () => ({ negInf: -1, negZero: -0, posZero: 0, posInf: 1, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  // ±13 ln 2, from where it rounds to ±1 in float32.
  points: () => [-9.01, 9.01],
  range: () => [-1, 1],
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'TANH-1': ['range', '−1 ≤ tanh x ≤ 1.'],
    'TANH-2': ['odd', 'tanh(−x) = −tanh x, bit for bit.'],
    'TANH-3': ['monotone', 'tanh never decreases.'],
    'TANH-4': ['value', 'Near 0 it keeps its digits: the smallest float is its own tanh.'],
    'TANH-5': ['edges', 'tanh(±0) is ±0.'],
    'TANH-6': ['gradient', 'The slope 4σ(2x)σ(−2x) keeps its digits where tanh rounds to ±1.'],
    'TANH-7': ['tanh-is-sigmoid-stretched', 'tanh x = 2σ(2x) − 1.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.tanh',
      differs: [
        {
          where: 'the gradient is 1 − y² with the rounded y: 0 where y is ±1',
          witness: { in: { input: 20 }, of: 'grad:input', spec: 1.6993417021166355e-17, theirs: 0 },
        },
      ],
    },
    onnx: { name: 'Tanh', opset: 13 },
    jax: { name: 'jax.nn.tanh' },
    keras: { name: 'keras.activations.tanh' },
    tfjs: { name: 'tf.tanh' },
    tinygrad: { name: 'Tensor.tanh' },
  },
  sources: ['ONNX operator Tanh-13'],
});
