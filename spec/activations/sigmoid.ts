/**
 * # Sigmoid: the logistic function
 *
 *     σ(x) = 1 / (1 + e^−x)
 *
 * σ(x) never is 0 or 1 for a finite x. It rounds to 1 in float32 from x = 17.33, but to 0 only below
 * x = −103.97: an implementation that computes 1 / (1 + e^−x) in float32 returns 0 from −88.8 on,
 * because e^88.8 overflows, and so loses every subnormal result.
 */
import { sigmoid as sigma } from '../functions.ts';
import { elementwise } from '../op.ts';

export const sigmoid = elementwise({
  id: 'sigmoid',
  params: {},

  f: sigma,
  df: (x) => sigma(x).times(sigma(x.neg())),

  edges: () => ({ negInf: 0, negZero: '0.5', posZero: '0.5', posInf: 1, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  points: () => [-103.97, -88.72, 17.33],
  range: () => [0, 1],
  isIncreasing: () => true,

  clauses: {
    'SIG-1': ['range', '0 ≤ σ(x) ≤ 1, and σ(0) = ½ exactly.'],
    'SIG-2': ['value', 'Results below the smallest normal float are rounded, not flushed to 0.'],
    'SIG-3': ['monotone', 'σ never decreases.'],
    'SIG-4': ['gradient', 'The slope σ(x) σ(−x) keeps its digits in both tails.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.sigmoid',
      note: 'the gradient is y(1 − y) with the rounded y: 0 from x = 16.64 on',
    },
    onnx: { name: 'Sigmoid', opset: 13 },
    jax: { name: 'jax.nn.sigmoid' },
    keras: { name: 'keras.activations.sigmoid' },
    tfjs: { name: 'tf.sigmoid' },
    tinygrad: { name: 'Tensor.sigmoid' },
  },
  sources: ['ONNX operator Sigmoid-13'],
});
