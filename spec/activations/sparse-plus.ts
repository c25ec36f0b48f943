/**
 * # Sparse plus
 *
 *     sparsePlus(x) = 0               where x ≤ −1
 *                     (x + 1)² / 4    between
 *                     x               where x ≥ 1
 *
 * To softplus what sparse sigmoid is to sigmoid: its integral, exactly 0 and exactly x beyond ±1. The
 * slope is continuous, so that there is no kink.
 */
import { real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const sparsePlus = elementwise({
  id: 'sparse-plus',
  params: {},

  f(x) {
    if (!x.gt(-1)) return real(0);
    return x.lt(1) ? x.plus(1).squared().div(4) : x;
  },
  // Sparse sigmoid.
  df(x) {
    if (!x.gt(-1)) return real(0);
    return x.lt(1) ? x.plus(1).div(2) : real(1);
  },

  edges: () => ({ negInf: 0, negZero: 0.25, posZero: 0.25, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  points: () => [-1, 1],
  range: () => [0, Infinity],
  isIncreasing: () => true,

  clauses: {
    'SPP-1': ['value', 'Up to −1 the result is 0, and from 1 on it is x, exactly.'],
    'SPP-2': ['value', 'Just right of −1 the result keeps its digits.'],
    'SPP-3': ['edges', 'sparse-plus(±0) is ¼.'],
    'SPP-4': ['gradient', 'The slope is sparse-sigmoid(x), which is continuous.'],
    'SPP-5': ['monotone', 'sparse-plus never decreases.'],
  },

  dialects: {
    jax: { name: 'jax.nn.sparse_plus' },
    keras: { name: 'keras.activations.sparse_plus' },
  },
  sources: ['Blondel, Martins and Niculae 2020, arXiv:1901.02324, section 4.4'],
});
