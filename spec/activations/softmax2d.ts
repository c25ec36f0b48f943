/**
 * # Softmax over the channels of an image
 *
 *     y_chw = e^(x_chw) / Σₖ e^(x_khw)
 *
 * Softmax along the third axis from the last, for C × H × W with or without a batch; there is no
 * choice of axis, and nothing else is an image.
 */
import { softmax } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';

export const softmax2d = rowwise({
  id: 'softmax2d',
  params: {},
  inputs: { input: reals('N? C H W', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: 'N? H W',
  output: 'N? C H W',

  f: ({ input: x }) => softmax(x),
  addends: ({ input: x }) => softmax(x).map((p) => [p]),
  derivative: {
    // Σᵢ uᵢ ∂pᵢ/∂xⱼ = pⱼ uⱼ − pⱼ Σₖ pₖ uₖ
    input({ input: x }, u) {
      const p = softmax(x);
      const common = p.map((pk, k) => pk.times(u[k]!));
      return p.map((pj, j) => [common[j]!, ...common.map((pu) => pj.times(pu).neg())]);
    },
  },

  clauses: {
    'SOFTMAXD-1': [
      'softmax2d-is-softmax-along-the-channels',
      'It is softmax with dim = −3 of three or four axes.',
    ],
    'SOFTMAXD-2': ['softmax-sums-to-one', 'The results of a position sum to 1.'],
    'SOFTMAXD-3': ['special rows', 'One −∞ among finite channels gives 0 there.'],
    'SOFTMAXD-4': ['special rows', 'A position with NaN or +∞, or of −∞ only, is NaN throughout.'],
    'SOFTMAXD-5': ['batch', 'Images do not see each other, nor do positions.'],
  },

  dialects: { pytorch: { name: 'nn.Softmax2d' } },
  sources: ['PyTorch torch.nn.Softmax2d'],
});
