/**
 * # Hinge loss of a label −1 or 1
 *
 *     ℓ(x, y) = max(0, 1 − y x)
 *
 * Labels are taken as the numbers that they are: 0 costs 1 whatever x is, and labels 0 and 1 are not
 * turned into −1 and 1.
 */
import { type Real, real } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';

const missing = (x: Real, y: Real): Real => real(1).minus(y.times(x));

export const hingeLoss = loss({
  id: 'hinge-loss',
  inputs: {
    input: reals('*'),
    target: reals('*', { labels: [-1, 1], exact: () => [-1, 0, 1] }),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y }) => ({ value: hinge(missing(x, y)), weight: real(1) }),
  addends: ({ input: x, target: y }) => [hinge(missing(x, y))],
  derivative: {
    input: ({ input: x, target: y }) => [hinged(missing(x, y), y.neg())],
    target: ({ input: x, target: y }) => [hinged(missing(x, y), x.neg())],
  },

  clauses: {
    'HNG-1': ['value', 'Labels are numbers: 0 costs 1, and none is converted.'],
    'HNG-2': ['reduction', 'mean divides by the number of elements.'],
    'HNG-3': ['gradient', 'Where the margin is just kept the slope is −y.'],
    'HNG-4': ['errors', 'Input and target have one shape; neither is broadcast.'],
    'HNG-5': [
      'hinge-embedding-loss-of-minus-one-is-a-hinge',
      'Of labels 1 it is hinge-embedding-loss of labels −1 with margin 1.',
    ],
    'HNG-6': [
      'squared-hinge-loss-is-the-square-of-hinge-loss',
      'Its square is squared-hinge-loss.',
    ],
  },

  dialects: {
    jax: {
      name: 'optax.losses.hinge_loss',
      lacks: ['reduction'],
      note: 'the gradient where the margin is just kept is half of −y',
      differs: [
        {
          where: 'the gradient where the margin is just kept',
          formula: {
            derivative: {
              input: ({ input: x, target: y }) => [
                missing(x, y).sign() === 0 ? [y.neg().div(2)] : undefined,
              ],
              target: ({ input: x, target: y }) => [
                missing(x, y).sign() === 0 ? [x.neg().div(2)] : undefined,
              ],
            },
          },
          witness: { in: { input: 1, target: 1 }, of: 'grad:input', spec: -1, theirs: -0.5 },
        },
      ],
    },
    keras: {
      name: 'keras.losses.Hinge',
      note: 'a target of nothing but 0 and 1 is turned into −1 and 1; mean over the last axis first',
      differs: [
        {
          where: 'a label of 0',
          witness: { in: { input: 0.25, target: 0 }, spec: 1, theirs: 1.25 },
        },
      ],
    },
    tfjs: {
      name: 'tf.losses.hingeLoss',
      note: 'turns labels 0 and 1 into −1 and 1, by y ↦ 2 y − 1',
      differs: [
        {
          where: 'a label of −1',
          formula: { term: ({ input: x, target: y }) => hinge(missing(x, y.times(2).minus(1))) },
          witness: { in: { input: 0.25, target: -1 }, spec: 1.25, theirs: 1.75 },
        },
      ],
    },
  },
  sources: ['Keras keras/src/losses/losses.py, hinge'],
});
