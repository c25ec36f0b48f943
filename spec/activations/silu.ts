/**
 * # SiLU: sigmoid linear unit, or Swish
 *
 *     silu(x) = x σ(αx)
 *
 * α = 1 is SiLU; Swish has it as a parameter, and α = 1.702 stands in for GELU as QuickGELU. From the left
 * it falls from 0 to its minimum, −0.278 / α, and rises from there on. Where σ is 1 / (1 + e^−x), the
 * left tail ends when e^−x overflows.
 */
import { type Real, sigmoid } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

const gate = (x: Real, alpha: Real): Real => sigmoid(x.times(alpha));

export const silu = elementwise({
  id: 'silu',
  params: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 8] }) },

  f: (x, { alpha }) => x.times(gate(x, alpha)),
  // σ(αx) (1 + αx σ(−αx))
  df: (x, { alpha }) => gate(x, alpha).times(x.times(alpha).times(gate(x.neg(), alpha)).plus(1)),

  edges: () => ({ negInf: -0, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  // The minimum; e^88.72 overflows float32; where results become subnormal and 0; where they are x.
  points: ({ alpha }) =>
    [-1.2784645, -88.72284, -91.85678, -108.6603, 17.32868].map((x) => x / alpha),
  range: ({ alpha }) => [-0.2784646 / alpha, Infinity],

  clauses: {
    'SILU-1': ['edges', 'silu(−∞) is −0, the limit, and silu(−0) is −0.'],
    'SILU-2': ['value', 'The left tail keeps its digits: silu(−89) is −1.982e−37, not 0.'],
    'SILU-3': [
      'range',
      'Results are above −0.2784646 / α: silu falls, has one minimum, and rises.',
    ],
    'SILU-4': [
      'gradient',
      'The slope is σ(αx) (1 + αx σ(−αx)); it is negative left of −1.2784645 / α.',
    ],
    'SILU-5': ['parameters', 'α = 1 is SiLU, 1.702 is QuickGELU; as α grows it becomes relu.'],
    'SILU-6': ['silu-is-x-times-sigmoid', 'silu(x; α) = x σ(αx).'],
    'SILU-7': ['silu-with-alpha-is-silu-stretched', 'silu(x; α) = silu(αx) / α.'],
    'SILU-8': ['silu-minus-its-mirror-is-x', 'silu(x) − silu(−x) = x.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.silu',
      lacks: ['alpha'],
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
        {
          where: 'float64, x below −709.78: e^−x overflows (float32: below −88.72)',
          witness: { in: { input: -710 }, spec: -3.1781632202293424e-306, theirs: -0 },
        },
      ],
    },
    onnx: {
      name: 'Swish',
      opset: 24,
      attributes: { alpha: 'alpha' },
      note: 'alpha is any float32',
      also: { 'com.microsoft.QuickGelu': { alpha: 1.702 } },
      differs: [
        {
          where: 'x = −∞',
          formula: { edges: () => ({ negInf: NaN }) },
          witness: { in: { input: -Infinity }, spec: -0, theirs: NaN },
        },
      ],
    },
    jax: { name: 'jax.nn.silu', lacks: ['alpha'], also: { 'jax.nn.swish': {} } },
    keras: {
      name: 'keras.activations.silu',
      lacks: ['alpha'],
      also: { 'keras.activations.swish': {} },
    },
    tfjs: { name: "tf.layers.activation('swish')", lacks: ['alpha'] },
    tinygrad: {
      name: 'Tensor.silu',
      lacks: ['alpha'],
      also: { 'Tensor.swish': {}, 'Tensor.quick_gelu': { alpha: 1.702 } },
    },
  },
  sources: [
    'Hendrycks and Gimpel 2016, arXiv:1606.08415',
    'Ramachandran, Zoph and Le 2017, arXiv:1710.05941',
    'ONNX operator Swish-24',
  ],
});
