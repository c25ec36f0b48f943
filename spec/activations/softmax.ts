/**
 * # Softmax
 *
 *     softmax(x)ᵢ = e^(xᵢ) / Σⱼ e^(xⱼ)
 *
 * The positive numbers p with Σ p = 1 whose ratios are pᵢ / pⱼ = e^(xᵢ − xⱼ). Only the differences
 * matter, so the largest element can be subtracted first, and must be: e^89 is no float32.
 */
import { softmax as softmaxOf } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

export const softmax = rowwise({
  id: 'softmax',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: '*',
  output: '* C',

  f: ({ input: x }) => softmaxOf(x),
  addends: ({ input: x }) => softmaxOf(x).map((p) => [p]),
  derivative: {
    // Σᵢ uᵢ ∂pᵢ/∂xⱼ = pⱼ uⱼ − pⱼ Σₖ pₖ uₖ
    input({ input: x }, u) {
      const p = softmaxOf(x);
      const common = p.map((pk, k) => pk.times(u[k]!));
      return p.map((pj, j) => [common[j]!, ...common.map((pu) => pj.times(pu).neg())]);
    },
  },

  clauses: {
    'SM-1': ['softmax-sums-to-one', 'The results of a row sum to 1.'],
    'SM-2': ['value', 'Small results keep their digits, subnormal ones included.'],
    'SM-3': ['special rows', 'One −∞ among finite elements gives 0 there and leaves the others.'],
    'SM-4': ['special rows', 'A row with NaN or +∞, or of −∞ only, is NaN throughout.'],
    'SM-5': ['batch', 'Rows along dim do not see each other.'],
    'SM-6': ['gradient', 'A constant cotangent gives the gradient 0, up to rounding.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.softmax',
      note: 'without dim it guesses: 0 for 0, 1 or 3 axes, else 1',
    },
    onnx: { name: 'Softmax', opset: 13, ranks: [1, 2, 3, 4, 5], attributes: { dim: 'axis' } },
    jax: { name: 'jax.nn.softmax' },
    keras: { name: 'keras.activations.softmax' },
    tfjs: { name: 'tf.softmax', note: 'the last axis only' },
    tinygrad: { name: 'Tensor.softmax' },
  },
  sources: ['ONNX operator Softmax-13'],
});
