/**
 * # L1 loss: absolute error
 *
 *     ℓ(x, y) = w |x − y|
 *
 * The slope at x = y is 0, though anything from −w to w is a subgradient. `mean` divides by Σ w, which
 * is the number of elements where there are no weights.
 */
import { isNan, isSilenced, magnitude, type Real, real, weigh } from '../functions.ts';
import { reals, weights } from '../input.ts';
import { loss } from '../op.ts';

/** −1, 0, 1; NaN for NaN. */
const signOf = (x: Real): Real => real(x.sign());

export const l1Loss = loss({
  id: 'l1-loss',
  inputs: {
    input: reals('*'),
    target: reals('*'),
    weight: weights('*'),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y, weight: w }) => ({
    value: weigh(w, x.minus(y), magnitude),
    weight: w,
  }),
  addends: ({ input: x, target: y, weight: w }) => [weigh(w, x.minus(y), magnitude)],
  derivative: {
    input: ({ input: x, target: y, weight: w }) => [[w.times(signOf(x.minus(y)))]],
    target: ({ input: x, target: y, weight: w }) => [[w.times(signOf(y.minus(x)))]],
  },

  clauses: {
    'MAE-1': ['reduction', 'mean divides by Σ w, not by the number of elements.'],
    'MAE-2': ['gradient', 'The slope is 0 where input and target are equal.'],
    'MAE-3': ['special rows', '∞ − ∞ is NaN, and a weight of 0 silences an infinite error.'],
    'MAE-4': ['errors', 'Input, target and weight have one shape; none is broadcast.'],
    'MAE-5': ['smooth-l1-loss-of-beta-0-is-l1-loss', 'It is smooth-l1-loss with beta = 0.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.l1_loss',
      note: 'target is broadcast, with a warning',
      differs: [
        {
          where: 'the gradient of NaN',
          formula: {
            derivative: {
              input: ({ input: x, target: y, weight: w }) => [
                isNan(x.minus(y)) ? [w.times(0)] : undefined,
              ],
              target: ({ input: x, target: y, weight: w }) => [
                isNan(x.minus(y)) ? [w.times(0)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: NaN, target: 0 },
            of: 'grad:input',
            spec: NaN,
            theirs: 0,
          },
        },
        {
          where: 'a weight of 0 beside an infinite error',
          formula: {
            term: ({ input: x, target: y, weight: w }) =>
              isSilenced(w, x.minus(y)) ? NaN : undefined,
          },
          witness: {
            in: { input: Infinity, target: 0, weight: 0 },
            params: { reduction: 'sum' },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    keras: {
      name: 'keras.losses.MeanAbsoluteError',
      note: 'mean over the last axis first, then over sample weights by their number',
      lacks: ['weight'],
    },
    tfjs: {
      name: 'tf.losses.absoluteDifference',
      note: 'mean divides by the number of weights that are not 0',
    },
    tinygrad: { name: '(x - y).abs().mean()', lacks: ['weight'] },
  },
  sources: ['PyTorch torch/nn/functional.py, l1_loss'],
});
