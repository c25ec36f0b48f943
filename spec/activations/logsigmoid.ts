/**
 * # Log-sigmoid
 *
 *     logσ(x) = log σ(x) = −log(1 + e^−x)
 *
 * It is −softplus(−x). The logarithm of a sigmoid that was rounded is −∞ where σ(x) rounds to 0, and
 * 0 where it rounds to 1; both are far from the truth.
 */
import { log, sigmoid, softplus } from '../functions.ts';
import { elementwise } from '../op.ts';

export const logsigmoid = elementwise({
  id: 'logsigmoid',
  params: {},

  f: (x) => softplus(x.neg()).neg(),
  df: (x) => sigmoid(x.neg()),

  edges: () => ({
    negInf: -Infinity,
    negZero: log(2).neg(),
    posZero: log(2).neg(),
    posInf: -0,
    nan: NaN,
  }),
  slopes: () => ({ negInf: 1, posInf: 0 }),
  // In float32 it is x up to −21 ln 2; e^88.72 overflows, and e^−103.97 is the last that is not 0.
  points: () => [-14.56, 88.72, 103.97],
  range: () => [-Infinity, 0],
  isIncreasing: () => true,

  clauses: {
    'LSIG-1': ['range', 'Results are at most 0.'],
    'LSIG-2': ['value', 'Results close to 0 keep their digits: logsigmoid(20) = −2.0611536e−9.'],
    'LSIG-3': ['monotone', 'logsigmoid never decreases.'],
    'LSIG-4': ['edges', 'logsigmoid(+∞) is −0, the limit from below, and logsigmoid(±0) is −ln 2.'],
    'LSIG-5': ['gradient', 'The slope is σ(−x), which keeps its digits for large x.'],
    'LSIG-6': ['logsigmoid-is-minus-softplus-of-minus', 'logsigmoid(x) = −softplus(−x).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.logsigmoid',
      differs: [
        {
          where: 'x = +∞: the sign of the zero',
          formula: { edges: () => ({ posInf: 0 }) },
          witness: { in: { input: Infinity }, spec: -0, theirs: 0 },
        },
      ],
    },
    jax: { name: 'jax.nn.log_sigmoid' },
    keras: { name: 'keras.activations.log_sigmoid' },
    tfjs: { name: 'tf.logSigmoid' },
    tinygrad: { name: 'Tensor.logsigmoid' },
  },
  sources: ['PyTorch aten/src/ATen/native/Activation.cpp, log_sigmoid'],
});
