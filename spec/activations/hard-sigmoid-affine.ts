/**
 * # Hard sigmoid with parameters
 *
 *     hardSigmoidAffine(x) = min(max(alpha · x + beta, 0), 1)
 *
 * ONNX calls it HardSigmoid. PyTorch's hardsigmoid has the slope 1/6, which no alpha is: the double
 * nearest to 1/6 is 9.3e−18 below it. With alpha = 0 it is a constant. A negative alpha is refused.
 * Near −beta / alpha the sum cancels, but is exact before its one rounding. A corner that is no
 * double is no kink, as no input meets it.
 */
import { Decimal } from 'decimal.js';
import { exactly } from '../exact.ts';
import { type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Line {
  readonly alpha: Real;
  readonly beta: Real;
}
/** For products of doubles that are exact. */
const D = Decimal.clone({ defaults: true, precision: 1500 });

const clamped = (y: Real): Real => (y.gt(0) ? (y.lt(1) ? y : real(1)) : real(0));
/** The line at ±∞, where a flat one is still beta. */
const far = ({ alpha, beta }: Line, end: number): Real =>
  clamped(alpha.sign() === 0 ? beta : real(end));

export const hardSigmoidAffine = elementwise({
  id: 'hard-sigmoid-affine',
  params: {
    alpha: number({ default: 0.2, min: 0, max: 2 ** 20, draw: [0, 8] }),
    beta: number({ default: 0.5, min: -(2 ** 20), max: 2 ** 20, draw: [-8, 8] }),
  },

  f: (x, { alpha, beta }) => clamped(x.times(alpha).plus(beta)),
  df(x, { alpha, beta }) {
    const y = x.times(alpha).plus(beta);
    return y.gt(0) && y.lt(1) ? alpha : real(0);
  },

  edges: (p) => ({
    negInf: far(p, -Infinity),
    negZero: clamped(p.beta),
    posZero: clamped(p.beta),
    posInf: far(p, Infinity),
    nan: NaN,
  }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  kinks: ({ alpha, beta }) =>
    [
      { at: -beta / alpha, left: 0, right: alpha, torch: 0, is: 0 },
      { at: (1 - beta) / alpha, left: alpha, right: 0, torch: 0, is: 1 },
    ].filter(({ at, is }) => D.mul(exactly(alpha), exactly(at)).plus(exactly(beta)).eq(is)),
  points: ({ alpha, beta }) => [-beta / alpha, (1 - beta) / alpha].filter(Number.isFinite),
  range: () => [0, 1],
  isIncreasing: () => true,

  clauses: {
    'HSA-1': ['range', 'Results are from 0 to 1.'],
    'HSA-2': ['value', 'Near the corner at 0 the result keeps its digits.'],
    'HSA-3': ['edges', 'At ±∞ it is 0 and 1, unless alpha is 0.'],
    'HSA-4': ['gradient', 'The slope at both corners is 0; anything up to alpha will do.'],
    'HSA-5': ['errors', 'A negative alpha is refused.'],
    'HSA-6': ['monotone', 'It never decreases.'],
    'HSA-7': [
      'hard-sigmoid-affine-of-one-sixth-is-nearly-hardsigmoid',
      'With alpha = 1/6, rounded, it is off hardsigmoid by less than 3e−17.',
    ],
  },

  dialects: {
    onnx: {
      name: 'HardSigmoid',
      opset: 22,
      attributes: { alpha: 'alpha', beta: 'beta' },
      note: 'alpha and beta are any float32; a negative alpha is taken',
      differs: [
        {
          where: 'x = ±∞ with alpha = 0',
          formula: {
            edges: ({ alpha }) => (alpha.sign() === 0 ? { negInf: NaN, posInf: NaN } : {}),
          },
          witness: { in: { input: -Infinity }, params: { alpha: 0 }, spec: 0.5, theirs: NaN },
        },
      ],
    },
    tfjs: { name: "tf.layers.activation('hardSigmoid')", lacks: ['alpha', 'beta'] },
    tinygrad: { name: 'Tensor.hardsigmoid', defaults: { alpha: 1 / 6 } },
  },
  sources: [
    'Courbariaux, Bengio and David 2015, "BinaryConnect", arXiv:1511.00363',
    'ONNX operator HardSigmoid-22',
  ],
});
