/**
 * # Categorical hinge loss
 *
 *     ℓ(x, y) = max(0, 1 + max_i (1 − y_i) x_i − Σ_i y_i x_i)
 *
 * over the classes of the last axis. y is meant to be one-hot. Then the class of the target has the
 * product 0 in the maximum, so that the best other logit counts as 0 where it is negative. Of several
 * largest products each has an even share of the slope. A coefficient of 0 silences its logit.
 */
import { evenMax, largestOf } from '../distance.ts';
import { isSilenced, type Real, real, scaled, sum } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';

interface Sample {
  readonly input: readonly Real[];
  readonly target: readonly Real[];
}
const wanted = ({ input: x, target: y }: Sample): readonly Real[] =>
  x.map((xi, i) => scaled(y[i]!, xi));
const unwanted = ({ input: x, target: y }: Sample): readonly Real[] =>
  x.map((xi, i) => scaled(real(1).minus(y[i]!), xi));
const missing = (sample: Sample): Real =>
  evenMax(unwanted(sample))
    .minus(sum(wanted(sample)))
    .plus(1);

export const categoricalHingeLoss = loss({
  id: 'categorical-hinge-loss',
  inputs: {
    input: reals('* C'),
    target: reals('* C', {
      labels: [0, 1],
      draw: [0, 1],
      exact: () => [0, 1],
      differentiable: false,
    }),
  },
  over: '*',
  params: {},

  term: (sample) => ({ value: hinge(missing(sample)), weight: real(1) }),
  addends: (sample) =>
    hinged(
      missing(sample),
      evenMax(unwanted(sample)),
      ...wanted(sample).map((x) => x.neg()),
      real(1),
    ),
  derivative: {
    input(sample) {
      const isLargest = largestOf(unwanted(sample));
      const count = isLargest.filter(Boolean).length;
      return sample.target.map((y, i) => {
        const up = isLargest[i] ? [real(1).minus(y).div(count)] : [];
        return hinged(missing(sample), ...up, y.neg());
      });
    },
  },

  clauses: {
    'CATH-1': ['value', 'The best other logit counts as 0 where it is negative.'],
    'CATH-2': ['reduction', 'mean divides by the number of rows.'],
    'CATH-3': ['gradient', 'Equal largest products share the slope evenly.'],
    'CATH-4': ['special rows', 'A coefficient of 0 silences an infinite logit.'],
    'CATH-5': ['errors', 'Input and target have one shape, with at least one axis.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.CategoricalHinge',
      differs: [
        {
          where: 'an infinite logit with coefficient 0',
          formula: {
            term: ({ input, target }) =>
              input.some(
                (x, i) => isSilenced(target[i]!, x) || isSilenced(real(1).minus(target[i]!), x),
              )
                ? NaN
                : undefined,
          },
          witness: { in: { input: [Infinity, 0], target: [1, 0] }, spec: 0, theirs: NaN },
        },
      ],
    },
  },
  sources: ['Keras keras/src/losses/losses.py, categorical_hinge'],
});
