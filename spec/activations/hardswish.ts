/**
 * # Hard Swish
 *
 *     hardswish(x) = x · min(max(x + 3, 0), 6) / 6
 *
 * 0 up to −3, x from 3 on, a parabola between them that falls to −3/8 at −3/2. In the limit to −∞ it
 * is 0. Multiplied before it is divided, it overflows where x is a sixth of the largest number.
 */
import { real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const hardswish = elementwise({
  id: 'hardswish',
  params: {},

  f(x) {
    if (!x.gt(-3)) return real(0);
    return x.lt(3) ? x.times(x.plus(3)).div(6) : x;
  },
  // (2x + 3) / 6
  df(x) {
    if (!x.gt(-3)) return real(0);
    return x.lt(3) ? x.times(2).plus(3).div(6) : real(1);
  },

  edges: () => ({ negInf: -0, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: () => [
    { at: -3, left: 0, right: -0.5, torch: 0 },
    { at: 3, left: 1.5, right: 1, torch: 1 },
  ],
  // The minimum; a sixth of the largest float32.
  points: () => [-1.5, 5.671373e37],
  range: () => [-0.375, Infinity],

  clauses: {
    'HSW-1': ['value', 'Just right of −3 the result keeps its digits; from 3 on it is x.'],
    'HSW-2': ['edges', 'hardswish(−∞) is −0, the limit, and hardswish(−0) is −0.'],
    'HSW-3': ['range', 'Results are −3/8 or more.'],
    'HSW-4': [
      'gradient',
      'The slope at −3 is 0 and at 3 it is 1; from 0 to −½ and from 3/2 to 1 are subgradients.',
    ],
    'HSW-5': ['hardswish-is-x-times-hardsigmoid', 'hardswish(x) = x · hardsigmoid(x).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.hardswish',
      note: 'in 2.6 it was −½ at −3 and 3/2 or 1 at 3',
      differs: [
        {
          where: 'the gradient at NaN, in scalar loops',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
        {
          where: 'float32, x above 5.67e37: 6x overflows',
          witness: { in: { input: 1e38 }, spec: 1e38, theirs: Infinity },
        },
      ],
    },
    onnx: {
      name: 'HardSwish',
      opset: 22,
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
      ],
    },
    jax: { name: 'jax.nn.hard_swish', also: { 'jax.nn.hard_silu': {} } },
    keras: { name: 'keras.activations.hard_silu', also: { 'keras.activations.hard_swish': {} } },
    tinygrad: { name: 'Tensor.hardswish' },
  },
  sources: ['Howard et al. 2019, "Searching for MobileNetV3", arXiv:1905.02244'],
});
