/**
 * # CELU: continuously differentiable ELU
 *
 *     celu(x) = x                     where x > 0
 *               α (e^(x/α) − 1)       elsewhere
 *
 * The slope is 1 on both sides of 0, whatever α is. α is any finite number but 0, for which there is
 * no formula. With α < 0 the left side is meant for nothing, but defined: it is −|α| (e^|x/α| − 1), which
 * falls off exponentially and ends at −∞.
 */
import { power, powerMinusOne, type Real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';
import { real } from '../real.ts';

const isBounded = (alpha: Real): boolean => alpha.sign() > 0;

export const celu = elementwise({
  id: 'celu',
  params: { alpha: number({ default: 1, draw: [0.25, 8] }) },

  f: (x, { alpha }) => (x.gt(0) ? x : alpha.times(powerMinusOne(x.div(alpha)))),
  df: (x, { alpha }) => (x.gt(0) ? real(1) : power(x.div(alpha))),

  edges: ({ alpha }) => ({
    negInf: isBounded(alpha) ? alpha.neg() : -Infinity,
    ...{ negZero: -0, posZero: 0, posInf: Infinity, nan: NaN },
  }),
  slopes: ({ alpha }) => ({ negInf: isBounded(alpha) ? 0 : Infinity, posInf: 1 }),
  // e^(x/α) rounds to 1; it is all lost beside 1, or overflows; the last slope that is not 0.
  points: ({ alpha }) => [2 ** -25, 17.32868, 88.72284, 103.97208].map((t) => -Math.abs(t * alpha)),
  range: ({ alpha }) => [alpha > 0 ? -alpha : -Infinity, Infinity],
  isIncreasing: () => true,
  refuse: ({ alpha }) => {
    if (alpha === 0) throw new RangeError('celu: alpha = 0 should be any number but 0');
  },

  clauses: {
    'CELU-1': ['value', 'For x > 0 the result is x, exactly, whatever α is.'],
    'CELU-2': ['value', 'Near 0 the left side keeps its digits: it is close to x, not 0.'],
    'CELU-3': ['edges', 'celu(−∞) is −α if α > 0 and −∞ if α < 0; celu(±0) is ±0.'],
    'CELU-4': ['gradient', 'The slope is e^(x/α) left of 0 and 1 from there on: no kink.'],
    'CELU-5': ['range', 'Results are above −α if α > 0.'],
    'CELU-6': ['monotone', 'celu never decreases, not even with α < 0.'],
    'CELU-7': ['celu-is-elu-stretched', 'With α > 0 celu(x; α) is α elu(x / α).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.celu',
      note: 'α = 0 is refused there, too; the gradient at NaN is 1 in scalar loops',
    },
    onnx: {
      name: 'Celu',
      opset: 12,
      attributes: { alpha: 'alpha' },
      note: 'α = 0 is not refused',
      differs: [
        {
          where: 'x = −0: a sum with max(0, x) is +0',
          witness: { in: { input: -0 }, spec: -0, theirs: 0 },
        },
      ],
    },
    jax: { name: 'jax.nn.celu' },
    keras: { name: 'keras.activations.celu' },
    tinygrad: { name: 'Tensor.celu' },
  },
  sources: ['Barron 2017, arXiv:1704.07483', 'ONNX operator Celu-12'],
});
