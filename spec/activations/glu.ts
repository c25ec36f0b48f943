/**
 * # GLU: gated linear unit
 *
 *     glu(a, b)ᵢ = aᵢ σ(bᵢ)    where a is the first half of the axis and b the second
 *
 * The result is half as long; an axis of odd length is refused. The gate is the second half.
 */
import { type Real, sigmoid } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

/** Pairs of an element and its gate. */
const pairs = (x: readonly Real[]): readonly (readonly [Real, Real])[] => {
  const half = x.length / 2;
  return x.slice(0, half).map((a, i) => [a, x[half + i]!]);
};

/** σ(b), with the slope σ(b) σ(−b) as a whole: beside an infinite a its parts would cancel to NaN. */
const gate = (b: Real): Real => b.through(sigmoid, (x) => sigmoid(x).times(sigmoid(x.neg())));

export const glu = rowwise({
  id: 'glu',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* 2H') },
  over: '*',
  output: '* H',

  f: ({ input: x }) => pairs(x).map(([a, b]) => a.times(gate(b))),
  addends: ({ input: x }) => pairs(x).map(([a, b]) => [a.times(gate(b))]),
  derivative: {
    // u σ(b) for a, and u a σ(b) σ(−b) for b
    input: ({ input: x }, u) => [
      ...pairs(x).map(([, b], i) => [u[i]!.times(sigmoid(b))]),
      ...pairs(x).map(([a, b], i) => [u[i]!.times(a).times(sigmoid(b)).times(sigmoid(b.neg()))]),
    ],
  },

  clauses: {
    'GLU-1': ['glu-is-a-half-times-the-sigmoid-of-the-other', 'glu([a, b]) = a · sigmoid(b).'],
    'GLU-2': ['value', 'A gate of 0 halves a.'],
    'GLU-3': ['value', 'A closed gate leaves the digits: glu([1, −89]) is 2.227e−39, not 0.'],
    'GLU-4': ['special rows', 'A gate of −∞ gives 0 and one of +∞ gives a, for a finite a.'],
    'GLU-5': ['special rows', 'An infinite a behind a gate of −∞ is NaN, before any other ±∞.'],
    'GLU-6': ['errors', 'An axis of odd length, and a tensor without axes, are refused.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.glu',
      differs: [
        {
          where: 'an infinite a, and a gate that underflows',
          witness: { in: { input: [Infinity, -10000] }, spec: Infinity, theirs: NaN },
        },
      ],
    },
    jax: { name: 'jax.nn.glu' },
    keras: { name: 'keras.activations.glu' },
  },
  sources: ['Dauphin, Fan, Auli and Grangier 2017, arXiv:1612.08083'],
});
