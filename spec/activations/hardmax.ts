/**
 * # Hardmax
 *
 *     hardmax(x)ᵢ = 1 if xᵢ is the first largest element, else 0
 *
 * What softmax(x/τ) becomes as τ goes to 0, but for ties, which softmax shares and hardmax gives to
 * the first. It does not change where its argument changes a little, so it has no gradient. A row with
 * NaN has no largest element and is NaN throughout, as the softmax of it is.
 */
import { isNan, largest, type Real, real } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

function oneHot(x: readonly Real[]): readonly Real[] {
  const m = largest(x);
  const first = x.findIndex((xi) => !xi.lt(m));
  return x.map((_, i) => (isNan(m) ? m : real(i === first ? 1 : 0)));
}

export const hardmax = rowwise({
  id: 'hardmax',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C', { differentiable: false }) },
  over: '*',
  output: '* C',

  f: ({ input: x }) => oneHot(x),
  addends: ({ input: x }) => oneHot(x).map((y) => [y]),
  derivative: {},

  clauses: {
    'HARDMAX-1': ['value', 'The first largest element becomes 1, every other one 0.'],
    'HARDMAX-2': [
      'hardmax-is-hard-gumbel-softmax-without-noise',
      'It is what gumbel-softmax gives with hard and noise 0, where that has a result.',
    ],
    'HARDMAX-3': ['special rows', 'An infinite largest element, +∞ or −∞, is the largest, too.'],
    'HARDMAX-4': ['special rows', 'A row with NaN is NaN throughout.'],
  },

  dialects: {
    onnx: {
      name: 'Hardmax',
      opset: 13,
      ranks: [1, 2, 3, 4, 5],
      attributes: { dim: 'axis' },
      note: 'silent about NaN: ONNX Runtime gives 0 throughout or 1 beside the NaN, by its place, the reference 1 at the NaN',
      differs: [
        {
          where: 'a row with NaN, in ONNX Runtime',
          witness: { in: { input: [NaN, 0] }, spec: NaN, theirs: 0 },
        },
      ],
    },
  },
  sources: ['ONNX operator Hardmax-13'],
});
