/**
 * # Softplus
 *
 *     softplus(x) = x                      where βx > threshold
 *                   log(1 + e^(βx)) / β    elsewhere
 *
 * A smooth relu: the gap, log(1 + e^−|βx|) / β, is ln 2 / β at 0 and closes on both sides without
 * ever being zero. The threshold is meant for implementations that would overflow; there is none
 * unless asked for. Where there is one the function jumps down by log(1 + e^−threshold) / β, and its
 * slope is 1 from there on. PyTorch's 20 is right to 0.002 float32 ulp, and wrong in float64.
 */
import { isTop, log, type Real, real, sigmoid, softplus as softplusOf } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Bend {
  readonly beta: Real;
  readonly threshold: Real;
}
/** Beyond PyTorch's own threshold, where there is none. */
const isBeyond = (scaled: Real, threshold: Real): boolean => isTop(threshold) && scaled.gt(20);

const isLinear = (x: Real, { beta, threshold }: Bend): boolean => x.times(beta).gt(threshold);

export const softplus = elementwise({
  id: 'softplus',
  params: {
    beta: number({ default: 1, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 8] }),
    threshold: number({ default: Infinity, min: -Infinity, max: Infinity, draw: [-20, 40] }),
  },

  f: (x, p) => (isLinear(x, p) ? x : softplusOf(x.times(p.beta)).div(p.beta)),
  df: (x, p) => (isLinear(x, p) ? real(1) : sigmoid(x.times(p.beta))),

  edges: (p) => {
    const linear = isLinear(real(0), p);
    return {
      negInf: 0,
      negZero: linear ? -0 : log(2).div(p.beta),
      posZero: linear ? 0 : log(2).div(p.beta),
      posInf: Infinity,
      nan: NaN,
    };
  },
  slopes: () => ({ negInf: 0, posInf: 1 }),
  // Beside the threshold: in float32 it is x from 21 ln 2 on; e^88.72 overflows, and e^−103.97 is
  // the last power that is not 0.
  points: ({ beta, threshold }) =>
    [threshold, 14.56, 88.72, -103.97].filter(Number.isFinite).map((bend) => bend / beta),
  range: ({ threshold }) => [threshold >= 0 ? 0 : -Infinity, Infinity],
  isIncreasing: ({ threshold }) => threshold === Infinity,

  clauses: {
    'SP-1': [
      'value',
      'Without a threshold softplus(x) ≥ max(x, 0): never negative, never below x.',
    ],
    'SP-2': ['edges', 'softplus(±0) = ln 2 / β where the threshold is not negative.'],
    'SP-3': ['value', 'Where βx > threshold the result is x; at βx = threshold it is not.'],
    'SP-4': ['gradient', 'The slope is σ(βx), and 1 where βx > threshold.'],
    'SP-5': ['parameters', 'beta sharpens the bend: softplus(x; β) = softplus(βx) / β.'],
    'SP-6': ['logsigmoid-is-minus-softplus-of-minus', 'softplus(x) = −logsigmoid(−x).'],
    'SP-7': ['monotone', 'Without a threshold softplus never decreases.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.softplus',
      defaults: { threshold: 20 },
      differs: [
        {
          where: 'float64, βx > 20, where threshold is not given',
          formula: {
            f: (x, { beta, threshold }) => (isBeyond(x.times(beta), threshold) ? x : undefined),
            df: (x, { beta, threshold }) => (isBeyond(x.times(beta), threshold) ? 1 : undefined),
          },
          witness: { in: { input: 21 }, spec: 21.000000000758256, theirs: 21 },
        },
      ],
    },
    onnx: { name: 'Softplus', opset: 22, lacks: ['beta', 'threshold'] },
    jax: { name: 'jax.nn.softplus', lacks: ['beta', 'threshold'] },
    keras: { name: 'keras.activations.softplus', lacks: ['beta', 'threshold'] },
    tfjs: { name: 'tf.softplus', lacks: ['beta', 'threshold'] },
    tinygrad: { name: 'Tensor.softplus', lacks: ['threshold'] },
  },
  sources: [
    'Dugas et al. 2001, "Incorporating second-order functional knowledge for better option pricing"',
    'PyTorch aten/src/ATen/native/cpu/Activation.cpp, softplus_kernel',
  ],
});
