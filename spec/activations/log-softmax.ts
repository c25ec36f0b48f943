/**
 * # Log-softmax
 *
 *     logSoftmax(x)ᵢ = xᵢ − log Σⱼ e^(xⱼ)
 *
 * Results are at most 0. When one element dominates, its result is close to 0 and still not 0:
 * logSoftmax([18, 0])₀ = −1.523e−8, which is lost by whoever adds 1 and e^−18 before the logarithm.
 */
import { logSoftmax as logSoftmaxOf, logSumExp, real, softmax, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

export const logSoftmax = rowwise({
  id: 'log-softmax',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: '*',
  output: '* C',

  f: ({ input: x }) => logSoftmaxOf(x),
  addends({ input: x }) {
    const { m, rest } = logSumExp(x);
    return x.map((xi) => [xi.minus(m), rest.neg()]);
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm.
  textbook: ({ input: x }) => x.map(() => [real(1)]),
  derivative: {
    // ∂yᵢ/∂xⱼ = [i = j] − softmax(x)ⱼ
    input: ({ input: x }, u) => softmax(x).map((pj, j) => [u[j]!, pj.times(sum(u)).neg()]),
  },

  clauses: {
    'LSM-1': ['value', 'The largest element keeps its digits however close to 0 its result is.'],
    'LSM-2': ['special rows', 'One −∞ among finite elements gives −∞ there and leaves the others.'],
    'LSM-3': ['special rows', 'A row with NaN or +∞, or of −∞ only, is NaN throughout.'],
    'LSM-4': [
      'log-softmax-does-not-change-under-shifts',
      'Adding c to every element changes nothing where every x + c is exact.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.log_softmax',
      note: 'without dim it guesses: 0 for 0, 1 or 3 axes, else 1',
    },
    onnx: { name: 'LogSoftmax', opset: 13, ranks: [1, 2, 3, 4, 5], attributes: { dim: 'axis' } },
    jax: { name: 'jax.nn.log_softmax' },
    keras: { name: 'keras.activations.log_softmax', also: { 'keras.ops.log_softmax': {} } },
    tfjs: { name: 'tf.logSoftmax' },
    tinygrad: { name: 'Tensor.log_softmax' },
  },
  sources: ['ONNX operator LogSoftmax-13'],
});
