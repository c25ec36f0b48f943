/**
 * # Squareplus
 *
 *     squareplus(x) = (x + r) / 2             where x ≥ 0
 *                     b / (2 (r − x))         elsewhere,     r = √(x² + b)
 *
 * Both lines are (x + √(x² + b)) / 2, but left of 0 that cancels. A smooth relu without exponentials:
 * √b / 2 at 0, and a left tail of b / (4 |x|). With b = 0 it is relu; at its corner the slope is ½, as
 * for every other b. A negative b, for which the root may not exist, is refused.
 */
import { type Real, sqrt } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

const root = (x: Real, b: Real): Real => sqrt(x.squared().plus(b));

function value(x: Real, b: Real): Real {
  const r = root(x, b);
  return x.sign() < 0 ? b.div(r.minus(x).times(2)) : x.plus(r).div(2);
}

export const squareplus = elementwise({
  id: 'squareplus',
  params: { b: number({ default: 4, min: 0, max: 2 ** 20, draw: [0, 8] }) },

  f: (x, { b }) => value(x, b),
  // ½ (1 + x / r)
  df: (x, { b }) => value(x, b).div(root(x, b)),

  edges: ({ b }) => ({
    negInf: 0,
    negZero: sqrt(b).div(2),
    posZero: sqrt(b).div(2),
    posInf: Infinity,
    nan: NaN,
  }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: ({ b }) => (b === 0 ? [{ at: 0, left: 0, right: 1, torch: 0.5 }] : []),
  // In float32: it is x from 2^11.5 √b on; x² overflows at 2⁶⁴; the textbook form is 0 left of −2¹² √b.
  points: ({ b }) => [2896 * Math.sqrt(b), 2 ** 64, -(2 ** 12) * Math.sqrt(b), -(2 ** 64)],
  range: () => [0, Infinity],
  isIncreasing: () => true,

  clauses: {
    'SQP-1': ['value', 'The left tail, b / (4 |x|), keeps its digits.'],
    'SQP-2': ['edges', 'squareplus(±0) is √b / 2.'],
    'SQP-3': ['gradient', 'The slope is ½ (1 + x / √(x² + b)), and ½ at 0 even where b is 0.'],
    'SQP-4': ['monotone', 'squareplus never decreases.'],
    'SQP-5': ['errors', 'A negative b is refused.'],
    'SQP-6': ['squareplus-without-b-is-relu', 'squareplus(x; 0) = relu(x).'],
  },

  dialects: {
    jax: {
      name: 'jax.nn.squareplus',
      differs: [
        {
          where: 'float32, far left: the textbook form cancels',
          witness: { in: { input: -16384 }, spec: 6.1035156022626325e-5, theirs: 0 },
        },
      ],
    },
    keras: { name: 'keras.activations.squareplus' },
  },
  sources: ['Barron 2021, "Squareplus: a softplus-like algebraic rectifier", arXiv:2112.11687'],
});
