/**
 * # CELU: continuously differentiable ELU
 *
 *     celu(x) = x                     where x > 0
 *               α (e^(x/α) − 1)       elsewhere
 *
 * The slope is 1 on both sides of 0, whatever α is. With α = 0 there is no formula; a negative α,
 * which PyTorch takes and for which the left side falls off exponentially, is refused.
 */
import { exp, expm1 } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';
import { real } from '../real.ts';

export const celu = elementwise({
  id: 'celu',
  params: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 8] }) },

  f: (x, { alpha }) => (x.gt(0) ? x : alpha.times(expm1(x.div(alpha)))),
  df: (x, { alpha }) => (x.gt(0) ? real(1) : exp(x.div(alpha))),

  edges: ({ alpha }) => ({
    negInf: alpha.neg(),
    ...{ negZero: -0, posZero: 0, posInf: Infinity, nan: NaN },
  }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  // e^(x/α) rounds to 1; it is all lost beside 1; the last slope that is not 0.
  points: ({ alpha }) => [2 ** -25, 17.32868, 103.97208].map((t) => -t * alpha),
  range: ({ alpha }) => [-alpha, Infinity],
  isIncreasing: () => true,

  clauses: {
    'CELU-1': ['value', 'For x > 0 the result is x, exactly, whatever α is.'],
    'CELU-2': ['value', 'Near 0 the left side keeps its digits: it is close to x, not 0.'],
    'CELU-3': ['edges', 'celu(−∞) is −α, and celu(±0) is ±0.'],
    'CELU-4': ['gradient', 'The slope is e^(x/α) left of 0 and 1 from there on: no kink.'],
    'CELU-5': ['range', 'Results are above −α.'],
    'CELU-6': ['monotone', 'celu never decreases.'],
    'CELU-7': ['celu-is-elu-stretched', 'celu(x; α) is α elu(x / α).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.celu',
      note: 'a negative α is taken',
      differs: [
        {
          where: 'the gradient at NaN, in scalar loops',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    onnx: {
      name: 'Celu',
      opset: 12,
      attributes: { alpha: 'alpha' },
      note: 'alpha is any float32, 0 too',
      differs: [
        {
          where: 'x = −0: a sum with max(0, x) is +0',
          formula: { edges: () => ({ negZero: 0 }) },
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
