/**
 * # Huber loss
 *
 *     ℓ(x, y) = w d² / 2                  where |d| < delta        d = x − y
 *               w delta (|d| − delta / 2)   elsewhere
 *
 * Both pieces meet with the slope ±delta at |d| = delta. `mean` divides by the number of elements,
 * weights or not, which is not what l1-loss and mse-loss do.
 */
import { isSilenced, magnitude, type Real, real, weigh } from '../functions.ts';
import { reals, weights } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

/** In terms of d. */
function lossOf(d: Real, delta: Real): Real {
  const size = magnitude(d);
  return size.lt(delta) ? d.squared().div(2) : size.minus(delta.div(2)).times(delta);
}

const slope = (d: Real, delta: Real): Real => (magnitude(d).lt(delta) ? d : delta.times(d.sign()));

export const huberLoss = loss({
  id: 'huber-loss',
  inputs: {
    input: reals('*'),
    target: reals('*'),
    weight: weights('*'),
  },
  over: '*',
  params: {
    // Above 0: the least float32.
    delta: number({ default: 1, min: 2 ** -149, draw: [2 ** -10, 8], exact: [1, 2, 0.5] }),
  },

  term: ({ input: x, target: y, weight: w }, { delta }) => ({
    value: weigh(w, x.minus(y), (d) => lossOf(d, delta)),
    weight: real(1),
  }),
  addends: ({ input: x, target: y, weight: w }, { delta }) => [
    weigh(w, x.minus(y), (d) => lossOf(d, delta)),
  ],
  derivative: {
    input: ({ input: x, target: y, weight: w }, { delta }) => [[w.times(slope(x.minus(y), delta))]],
    target: ({ input: x, target: y, weight: w }, { delta }) => [
      [w.times(slope(y.minus(x), delta))],
    ],
  },

  clauses: {
    'HUB-1': ['reduction', 'mean divides by the number of elements, weights or not.'],
    'HUB-2': ['gradient', 'The slope is w (x − y) up to |x − y| = delta, then ±w delta.'],
    'HUB-3': ['parameters', 'delta = 2: ℓ(3, 0) is 4.'],
    'HUB-4': ['special rows', '∞ − ∞ is NaN, and a weight of 0 silences an infinite error.'],
    'HUB-5': [
      'huber-loss-is-delta-times-smooth-l1-loss',
      'It is delta · smooth-l1-loss with beta = delta.',
    ],
    'HUB-6': ['errors', 'delta is above 0; input, target and weight have one shape.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.huber_loss',
      note: 'target is broadcast, with a warning',
      differs: [
        {
          where: 'a weight of 0 beside an infinite error',
          formula: {
            term: ({ input: x, target: y, weight: w }) =>
              isSilenced(w, x.minus(y)) ? NaN : undefined,
          },
          witness: {
            in: { input: Infinity, target: 0, weight: 0 },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    jax: { name: 'optax.losses.huber_loss', lacks: ['reduction', 'weight'] },
    keras: {
      name: 'keras.losses.Huber',
      lacks: ['weight'],
      note: 'mean over the last axis first; sum_over_batch_size divides weighted rows by their number, mean_with_sample_weight by Σ w',
    },
    tfjs: {
      name: 'tf.losses.huberLoss',
      note: 'mean divides by the number of weights that are not 0',
    },
  },
  sources: [
    'PyTorch torch/nn/functional.py and aten/src/ATen/native/cpu/BinaryOpsKernel.cpp, huber',
  ],
});
