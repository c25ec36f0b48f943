/**
 * # Sparse sigmoid
 *
 *     sparseSigmoid(x) = min(max((x + 1) / 2, 0), 1)
 *
 * The slope of sparse plus; what sparsemax is for two classes. Its own slope at ±1 is 0 here, as that
 * of PyTorch's hardsigmoid is at its corners.
 */
import { real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const sparseSigmoid = elementwise({
  id: 'sparse-sigmoid',
  params: {},

  f(x) {
    if (!x.gt(-1)) return real(0);
    return x.lt(1) ? x.plus(1).div(2) : real(1);
  },
  df: (x) => real(x.gt(-1) && x.lt(1) ? 0.5 : 0),

  edges: () => ({ negInf: 0, negZero: 0.5, posZero: 0.5, posInf: 1, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  kinks: () => [
    { at: -1, left: 0, right: 0.5, torch: 0 },
    { at: 1, left: 0.5, right: 0, torch: 0 },
  ],
  range: () => [0, 1],
  isIncreasing: () => true,

  clauses: {
    'SPS-1': ['range', 'Results are from 0 to 1, and 0 and 1 beyond −1 and 1.'],
    'SPS-2': ['value', 'Just right of −1 the result keeps its digits.'],
    'SPS-3': ['edges', 'sparse-sigmoid(±0) is ½.'],
    'SPS-4': ['gradient', 'The slope is ½ between −1 and 1, and 0 at them and beyond.'],
    'SPS-5': ['monotone', 'sparse-sigmoid never decreases.'],
  },

  dialects: {
    jax: { name: 'jax.nn.sparse_sigmoid' },
    keras: { name: 'keras.activations.sparse_sigmoid' },
  },
  sources: ['Blondel, Martins and Niculae 2020, arXiv:1901.02324, section 6.2'],
});
