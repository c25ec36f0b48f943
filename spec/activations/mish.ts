/**
 * # Mish
 *
 *     mish(x) = x tanh(log(1 + e^x)) = x e(e + 2) / (e(e + 2) + 2),     e = e^x
 *
 * The quotient needs neither a logarithm nor a tanh, and nothing in it cancels; for x > 0 both of its
 * sides are divided by e². There is no threshold. Like SiLU it falls before it rises: down to −0.3088.
 */
import { exp, type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';

/** Up to a factor that cancels, e(e + 2), 2 and e(e + 1). */
function parts(x: Real): { readonly [part in 'more' | 'rest' | 'turn']: Real } {
  const e = exp(x.sign() < 0 ? x : x.neg());
  if (x.sign() < 0) return { more: e.plus(2).times(e), rest: real(2), turn: e.plus(1).times(e) };
  return { more: e.times(2).plus(1), rest: e.squared().times(2), turn: e.plus(1) };
}

/** tanh(log(1 + e^x)) */
const gate = (x: Real): Real => {
  const { more, rest } = parts(x);
  return more.div(more.plus(rest));
};

/** 4e(e + 1) / (e(e + 2) + 2)² */
const slopeOfGate = (x: Real): Real => {
  const { more, rest, turn } = parts(x);
  return rest.times(turn).times(2).div(more.plus(rest).squared());
};

export const mish = elementwise({
  id: 'mish',
  params: {},

  f: (x) => x.times(gate(x)),
  df: (x) => gate(x).plus(x.times(slopeOfGate(x))),

  edges: () => ({ negInf: -0, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  // The minimum; e^88.72 overflows float32; where results become subnormal and 0; where they are x.
  points: () => [-1.1924312, -88.72, -91.85678, -108.6603, 9.010791],
  range: () => [-0.3088435, Infinity],

  clauses: {
    'MISH-1': ['edges', 'mish(−∞) is −0, the limit, and mish(−0) is −0.'],
    'MISH-2': ['value', 'The left tail keeps its digits: mish(−89) is −1.982e−37, not 0.'],
    'MISH-3': ['value', 'There is no threshold beyond which the result is x.'],
    'MISH-4': ['range', 'Results are above −0.3088435: mish falls, has one minimum, and rises.'],
    'MISH-5': ['gradient', 'The slope is negative left of −1.1924312, and 3/5 at 0.'],
    'MISH-6': ['mish-is-x-times-tanh-of-softplus', 'mish(x) = x tanh(softplus(x)).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.mish',
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
        {
          where: 'the gradient at ±∞',
          formula: { slopes: () => ({ negInf: NaN, posInf: NaN }) },
          witness: { in: { input: Infinity }, of: 'grad:input', spec: 1, theirs: NaN },
        },
      ],
    },
    onnx: {
      name: 'Mish',
      opset: 22,
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
      ],
    },
    jax: { name: 'jax.nn.mish' },
    keras: { name: 'keras.activations.mish' },
    tfjs: { name: "tf.layers.activation('mish')" },
    tinygrad: { name: 'Tensor.mish' },
  },
  sources: ['Misra 2019, arXiv:1908.08681', 'ONNX operator Mish-22'],
});
