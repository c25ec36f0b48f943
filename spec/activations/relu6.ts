/**
 * # ReLU6
 *
 *     relu6(x) = min(max(x, 0), 6)
 *
 * Exact in every format. PyTorch returns the slope 0 at both corners.
 */
import { max, min, real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const relu6 = elementwise({
  id: 'relu6',
  params: {},

  f: (x) => min(max(x, 0), 6),
  df: (x) => real(x.gt(0) && x.lt(6) ? 1 : 0),

  edges: () => ({ negInf: 0, negZero: -0, posZero: 0, posInf: 6, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  kinks: () => [
    { at: 0, left: 0, right: 1, torch: 0 },
    { at: 6, left: 1, right: 0, torch: 0 },
  ],
  range: () => [0, 6],
  isIncreasing: () => true,

  clauses: {
    'RSIX-1': ['value', 'relu6 returns x from 0 to 6, and the nearer of the two beyond, exactly.'],
    'RSIX-2': ['edges', 'relu6(NaN) is NaN, and relu6(−0) is −0.'],
    'RSIX-3': ['gradient', 'The slope at 0 and at 6 is 0; anything up to 1 is a subgradient.'],
    'RSIX-4': ['relu6-is-hardtanh-from-0-to-6', 'relu6(x) = hardtanh(x; 0, 6).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.relu6',
      note: 'the gradient at NaN is 1 or 0',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    onnx: { name: 'Clip', note: 'the bounds are two inputs' },
    jax: { name: 'jax.nn.relu6' },
    keras: { name: 'keras.activations.relu6' },
    tfjs: { name: 'tf.relu6' },
    tinygrad: { name: 'Tensor.relu6' },
  },
  sources: ['Krizhevsky 2010, "Convolutional deep belief networks on CIFAR-10"'],
});
