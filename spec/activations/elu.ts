/**
 * # ELU: exponential linear unit
 *
 *     elu(x) = x                where x > 0
 *              α (e^x − 1)      elsewhere
 *
 * α is any number up to ±2²⁰. Unless it is 1 the slope jumps at 0, from α to 1. With α = 0 this is relu,
 * slope 0 at 0 included; with α < 0 the left side is positive, and falls from −α to 0. Where e^x − 1 is
 * a difference of floats, x < 0 loses its digits near 0, and −2⁻²⁵ < x < 0 gives 0 in float32.
 */
import { exp, expm1 } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';
import { real } from '../real.ts';

export const elu = elementwise({
  id: 'elu',
  params: { alpha: number({ default: 1, min: -(2 ** 20), max: 2 ** 20, draw: [-4, 4] }) },

  f: (x, { alpha }) => (x.gt(0) ? x : alpha.times(expm1(x))),
  df: (x, { alpha }) => (x.gt(0) ? real(1) : alpha.times(exp(x))),

  edges: ({ alpha }) => ({
    negInf: alpha.sign() === 0 ? -0 : alpha.neg(),
    ...{ negZero: -0, posZero: 0, posInf: Infinity, nan: NaN },
  }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: ({ alpha }) => (alpha === 1 ? [] : [{ at: 0, left: alpha, right: 1, torch: alpha }]),
  // e^x rounds to 1; it is all lost beside 1.
  points: () => [-(2 ** -25), -17.32868],
  range: ({ alpha }) => [Math.min(0, -alpha), Infinity],
  isIncreasing: ({ alpha }) => alpha >= 0,

  clauses: {
    'ELU-1': ['value', 'For x > 0 the result is x, exactly, whatever α is.'],
    'ELU-2': ['value', 'Near 0 the left side keeps its digits: it is close to αx, not 0.'],
    'ELU-3': ['edges', 'elu(−∞) is −α, and elu(±0) is ±0.'],
    'ELU-4': ['gradient', 'The slope at 0 is α; anything between α and 1 is a subgradient.'],
    'ELU-5': ['range', 'Results are above −α if α > 0, and otherwise never negative.'],
    'ELU-6': ['monotone', 'Where α is not negative elu never decreases.'],
    'ELU-7': ['parameters', 'α scales the left side only; with α = 0 elu is relu.'],
    'ELU-8': ['celu-is-elu-stretched', 'With α = 1 elu and celu are the same.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.elu',
      note: 'up to 2.6 it computed e^x − 1 as a difference',
      differs: [
        {
          where: 'the gradient at NaN, in scalar loops',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    onnx: {
      name: 'Elu',
      opset: 22,
      attributes: { alpha: 'alpha' },
      note: 'alpha is any float32',
    },
    jax: { name: 'jax.nn.elu' },
    keras: { name: 'keras.activations.elu' },
    tfjs: { name: 'tf.elu', lacks: ['alpha'] },
    tinygrad: { name: 'Tensor.elu' },
  },
  sources: ['Clevert, Unterthiner and Hochreiter 2015, arXiv:1511.07289', 'ONNX operator Elu-22'],
});
