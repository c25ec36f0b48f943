/**
 * # Exponential
 *
 *     exponential(x) = e^x
 *
 * The right end matters: in float32 e^88.72283 is the largest finite result, and anything above is ∞.
 * To the left results are subnormal from −87.34 on and 0 from −103.97 on.
 */
import { power } from '../functions.ts';
import { elementwise } from '../op.ts';

export const exponential = elementwise({
  id: 'exponential',
  params: {},

  f: power,
  df: power,

  edges: () => ({ negInf: 0, negZero: 1, posZero: 1, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: Infinity }),
  // Overflow; the first subnormal, and the last power that is not 0; where 1 + x is all there is.
  points: () => [88.72284, -87.33655, -103.97208, 2 ** -24, -(2 ** -25)],
  range: () => [0, Infinity],
  isIncreasing: () => true,

  clauses: {
    'EXP-1': ['range', 'Results are never negative.'],
    'EXP-2': ['edges', 'e^−∞ is 0, e^±0 is 1 exactly, and e^∞ is ∞.'],
    'EXP-3': ['value', 'A result that rounds to a finite number is finite: e^88.72283 in float32.'],
    'EXP-4': ['value', 'Results below the smallest normal float are rounded, not flushed to 0.'],
    'EXP-5': ['monotone', 'e^x never decreases.'],
    'EXP-6': ['gradient', 'The slope is the result itself.'],
    'EXP-7': ['exponential-times-its-mirror-is-one', 'e^x · e^−x = 1.'],
    'EXP-8': ['exponential-of-logsigmoid-is-sigmoid', 'e^(log σ(x)) = σ(x).'],
  },

  dialects: {
    pytorch: { name: 'exp', note: 'not in nn.functional' },
    onnx: { name: 'Exp', opset: 13 },
    jax: { name: 'jax.numpy.exp', note: 'not in jax.nn' },
    keras: { name: 'keras.activations.exponential' },
    tfjs: { name: 'tf.exp' },
    tinygrad: { name: 'Tensor.exp' },
  },
  sources: ['Keras API, keras.activations.exponential', 'ONNX operator Exp-13'],
});
