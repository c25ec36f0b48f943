/**
 * # Softmin
 *
 *     softmin(x)ᵢ = e^(−xᵢ) / Σⱼ e^(−xⱼ)
 *
 * Softmax of −x: the smallest element has the largest share. So the infinities change places, too: +∞
 * masks an element.
 */
import { type Real, softmax } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

const shares = (x: readonly Real[]): readonly Real[] => softmax(x.map((xi) => xi.neg()));

export const softmin = rowwise({
  id: 'softmin',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: '*',
  output: '* C',

  f: ({ input: x }) => shares(x),
  addends: ({ input: x }) => shares(x).map((p) => [p]),
  derivative: {
    // Σᵢ uᵢ ∂pᵢ/∂xⱼ = pⱼ Σₖ pₖ uₖ − pⱼ uⱼ
    input({ input: x }, u) {
      const p = shares(x);
      const common = p.map((pk, k) => pk.times(u[k]!));
      return p.map((pj, j) => [common[j]!.neg(), ...common.map((pu) => pj.times(pu))]);
    },
  },

  clauses: {
    'SOFTMIN-1': ['softmin-is-softmax-of-minus', 'softmin(x) = softmax(−x).'],
    'SOFTMIN-2': ['softmax-sums-to-one', 'The results of a row sum to 1.'],
    'SOFTMIN-3': ['special rows', 'One +∞ among finite elements gives 0 there, others as without.'],
    'SOFTMIN-4': ['special rows', 'A row with NaN or −∞, or of +∞ only, is NaN throughout.'],
    'SOFTMIN-5': ['gradient', 'A constant cotangent gives the gradient 0, up to rounding.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.softmin',
      note: 'without dim it guesses: 0 for 0, 1 or 3 axes, else 1',
    },
  },
  sources: ['PyTorch torch.nn.functional.softmin'],
});
