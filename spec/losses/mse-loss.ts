/**
 * # MSE loss: squared error
 *
 *     ℓ(x, y) = w (x − y)²
 *
 * No ½: the slope in x is 2w (x − y). `mean` divides by Σ w, which is the number of elements where
 * there are no weights.
 */
import { isSilenced, type Real, real, weigh, weighted } from '../functions.ts';
import { reals, weights } from '../input.ts';
import { loss } from '../op.ts';

const squared = (d: Real): Real => d.squared();
/** 2 w (x − y) */
const slope = (w: Real, x: Real, y: Real): Real => weighted(w, x.minus(y).times(2));

export const mseLoss = loss({
  id: 'mse-loss',
  inputs: {
    input: reals('*'),
    target: reals('*'),
    weight: weights('*'),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y, weight: w }) => ({
    value: weigh(w, x.minus(y), squared),
    weight: w,
  }),
  addends: ({ input: x, target: y, weight: w }) => [weigh(w, x.minus(y), squared)],
  derivative: {
    input: ({ input: x, target: y, weight: w }) => [[slope(w, x, y)]],
    target: ({ input: x, target: y, weight: w }) => [[slope(w, y, x)]],
  },

  clauses: {
    'MSE-1': ['reduction', 'mean divides by Σ w, not by the number of elements.'],
    'MSE-2': ['gradient', 'The slope is 2 w (x − y), without a ½ in the loss.'],
    'MSE-3': ['special rows', '∞ − ∞ is NaN, and a weight of 0 silences an infinite error.'],
    'MSE-4': ['errors', 'Input, target and weight have one shape; none is broadcast.'],
    'MSE-5': [
      'gradient-of-mse-loss-is-twice-the-error-over-the-weights',
      'The gradient of the mean is 2 w (x − y) / Σ w.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.mse_loss',
      note: 'target is broadcast, with a warning: [N, 1] beside [N] becomes [N, N]',
      differs: [
        {
          where: 'the gradient of a weight of 0 beside an infinite error',
          formula: {
            derivative: {
              input: ({ input: x, target: y, weight: w }) => [
                isSilenced(w, x.minus(y)) ? [real(NaN)] : undefined,
              ],
              target: ({ input: x, target: y, weight: w }) => [
                isSilenced(w, x.minus(y)) ? [real(NaN)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: Infinity, target: 0, weight: 0 },
            params: { reduction: 'sum' },
            of: 'grad:input',
            spec: 0,
            theirs: NaN,
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
    jax: {
      name: 'optax.losses.squared_error',
      lacks: ['reduction', 'weight'],
      note: 'optax.losses.l2_loss is half of it',
    },
    keras: {
      name: 'keras.losses.MeanSquaredError',
      lacks: ['weight'],
      note: 'mean over the last axis first; sum_over_batch_size divides weighted rows by their number, mean_with_sample_weight by Σ w',
    },
    tfjs: {
      name: 'tf.losses.meanSquaredError',
      note: 'mean divides by the number of weights that are not 0',
    },
    tinygrad: { name: '(x - y).square().mean()', lacks: ['weight'] },
  },
  sources: ['PyTorch torch/nn/functional.py, mse_loss'],
});
