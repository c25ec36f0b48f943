/**
 * # Squared hinge loss of a label −1 or 1
 *
 *     ℓ(x, y) = max(0, 1 − y x)²
 *
 * Labels are taken as the numbers that they are, as in hinge-loss.
 */
import { type Real, real } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';

const missing = (x: Real, y: Real): Real => real(1).minus(y.times(x));

export const squaredHingeLoss = loss({
  id: 'squared-hinge-loss',
  inputs: {
    input: reals('*'),
    target: reals('*', { labels: [-1, 1], exact: () => [-1, 0, 1] }),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y }) => ({ value: hinge(missing(x, y)).squared(), weight: real(1) }),
  addends: ({ input: x, target: y }) => [hinge(missing(x, y)).squared()],
  derivative: {
    input: ({ input: x, target: y }) => {
      const z = missing(x, y);
      return [hinged(z, z.times(y).times(-2))];
    },
    target: ({ input: x, target: y }) => {
      const z = missing(x, y);
      return [hinged(z, z.times(x).times(-2))];
    },
  },

  clauses: {
    'SQH-1': ['value', 'Labels are numbers: 0 costs 1, and none is converted.'],
    'SQH-2': ['reduction', 'mean divides by the number of elements.'],
    'SQH-3': ['gradient', 'The slope goes to 0 where the margin is just kept.'],
    'SQH-4': ['errors', 'Input and target have one shape; neither is broadcast.'],
    'SQH-5': ['squared-hinge-loss-is-the-square-of-hinge-loss', 'It is the square of hinge-loss.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.SquaredHinge',
      note: 'a target of nothing but 0 and 1 is turned into −1 and 1; mean over the last axis first',
      differs: [
        {
          where: 'a label of 0',
          witness: { in: { input: 0.25, target: 0 }, spec: 1, theirs: 1.5625 },
        },
      ],
    },
  },
  sources: ['Keras keras/src/losses/losses.py, squared_hinge'],
});
