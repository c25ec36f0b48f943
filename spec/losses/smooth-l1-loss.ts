/**
 * # Smooth L1 loss
 *
 *     ℓ(x, y) = d² / (2 beta)    where |d| < beta        d = x − y
 *               |d| − beta / 2   elsewhere
 *
 * Both pieces meet with the slope ±1 at |d| = beta. With beta = 0 it is l1-loss, whose slope at d = 0
 * is 0. There is no weight.
 */
import { isNan, magnitude, type Real, real } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

/** In terms of d. */
function lossOf(d: Real, beta: Real): Real {
  const size = magnitude(d);
  return size.lt(beta) ? d.squared().div(beta).div(2) : size.minus(beta.div(2));
}

const slope = (d: Real, beta: Real): Real => (magnitude(d).lt(beta) ? d.div(beta) : real(d.sign()));

export const smoothL1Loss = loss({
  id: 'smooth-l1-loss',
  inputs: { input: reals('*'), target: reals('*') },
  over: '*',
  params: { beta: number({ default: 1, min: 0, draw: [0, 8], exact: [0, 1, 2, 0.5] }) },

  term: ({ input: x, target: y }, { beta }) => ({
    value: lossOf(x.minus(y), beta),
    weight: real(1),
  }),
  addends: ({ input: x, target: y }, { beta }) => [lossOf(x.minus(y), beta)],
  derivative: {
    input: ({ input: x, target: y }, { beta }) => [[slope(x.minus(y), beta)]],
    target: ({ input: x, target: y }, { beta }) => [[slope(y.minus(x), beta)]],
  },

  clauses: {
    'SMOOTH-1': ['parameters', 'beta = 2 halves the curvature: ℓ(1, 0) is ¼.'],
    'SMOOTH-2': ['gradient', 'The slope is (x − y) / beta up to |x − y| = beta, then ±1.'],
    'SMOOTH-3': ['reduction', 'mean divides by the number of elements.'],
    'SMOOTH-4': [
      'special rows',
      '∞ − ∞ is NaN, and so is its slope; an infinite error has the slope ±1.',
    ],
    'SMOOTH-5': ['smooth-l1-loss-of-beta-0-is-l1-loss', 'With beta = 0 it is l1-loss.'],
    'SMOOTH-6': [
      'huber-loss-is-delta-times-smooth-l1-loss',
      'Times delta, with beta = delta, it is huber-loss.',
    ],
    'SMOOTH-7': ['errors', 'A negative beta is an error; input and target have one shape.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.smooth_l1_loss',
      note: 'target is broadcast, with a warning; beta may be infinite, then the loss is 0',
      differs: [
        {
          where: 'the gradient of NaN where beta is 0',
          formula: {
            derivative: {
              input: ({ input: x, target: y }, { beta }) => [
                beta.sign() === 0 && isNan(x.minus(y)) ? [] : undefined,
              ],
              target: ({ input: x, target: y }, { beta }) => [
                beta.sign() === 0 && isNan(x.minus(y)) ? [] : undefined,
              ],
            },
          },
          witness: {
            in: { input: NaN, target: 0 },
            params: { beta: 0 },
            of: 'grad:input',
            spec: NaN,
            theirs: 0,
          },
        },
      ],
    },
  },
  sources: [
    'PyTorch aten/src/ATen/native/BinaryOps.cpp and cpu/BinaryOpsKernel.cpp, smooth_l1',
    'Girshick: Fast R-CNN, ICCV 2015',
  ],
});
