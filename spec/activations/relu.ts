/**
 * # ReLU: rectified linear unit
 *
 *     relu(x) = max(x, 0)
 *
 * Exact in every format. What remains to be specified is the slope at 0, where anything from 0 to 1
 * is a subgradient, and the sign of relu(−0), which is its input.
 */
import { max, real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const relu = elementwise({
  id: 'relu',
  params: {},

  f: (x) => max(x, 0),
  df: (x) => real(x.gt(0) ? 1 : 0),

  edges: () => ({ negInf: 0, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: () => [{ at: 0, left: 0, right: 1, torch: 0 }],
  range: () => [0, Infinity],
  isIncreasing: () => true,

  clauses: {
    'RELU-1': ['value', 'relu returns x for x > 0 and 0 for x < 0, exactly.'],
    'RELU-2': ['edges', 'relu(NaN) is NaN, and relu(−0) is −0.'],
    'RELU-3': ['gradient', 'The slope at 0 is 0; anything from 0 to 1 is a subgradient.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.relu',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    onnx: { name: 'Relu', opset: 14 },
    jax: { name: 'jax.nn.relu' },
    keras: { name: 'keras.activations.relu' },
    tfjs: { name: 'tf.relu' },
    tinygrad: { name: 'Tensor.relu' },
  },
  sources: ['Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines"'],
});
