/**
 * # Cosine similarity as a loss
 *
 *     ℓ(x, y) = −cos(x, y)             or, with distance, 1 − cos(x, y)
 *     cos(x, y) = x · y / (max(‖x‖, eps) max(‖y‖, eps))
 *
 * along the last axis. Without distance it is negative where the vectors agree: −1 is the best. With
 * eps = 0 the cosine of a vector of zeros is 0/0 = NaN; otherwise it is 0. Infinite elements give NaN.
 */
import { atLeast, cosine, cosineSlopes, dotProduct } from '../distance.ts';
import { type Real, real, sqrt } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { flag, number } from '../param.ts';

const negated = (sums: readonly (readonly Real[])[]) =>
  sums.map((addends) => addends.map((x) => x.neg()));

export const cosineSimilarityLoss = loss({
  id: 'cosine-similarity-loss',
  inputs: { input: reals('* D'), target: reals('* D') },
  over: '*',
  params: {
    eps: number({ default: 1e-7, min: 0, draw: [0, 1], exact: [1] }),
    distance: flag(),
  },

  term({ input: x, target: y }, { eps, distance }) {
    const cos = cosine(x, y, atLeast(eps));
    return { value: distance ? real(1).minus(cos) : cos.neg(), weight: real(1) };
  },
  addends({ input: x, target: y }, { eps, distance }) {
    const length = atLeast(eps);
    const root = length(x).of.times(length(y).of).sqrt();
    const products = x.map((xi, i) => xi.times(y[i]!).div(root).neg());
    return distance ? [real(1), ...products] : products;
  },
  derivative: {
    input: ({ input: x, target: y }, { eps }) => negated(cosineSlopes(x, y, atLeast(eps))),
    target: ({ input: x, target: y }, { eps }) => negated(cosineSlopes(y, x, atLeast(eps))),
  },

  clauses: {
    'COSL-1': ['parameters', 'distance adds 1, so that the best loss is 0 and the worst 2.'],
    'COSL-2': ['reduction', 'mean divides by the number of vectors.'],
    'COSL-3': ['value', 'A length below eps counts as eps.'],
    'COSL-4': ['gradient', 'Of a vector that is shorter than eps the length has no slope.'],
    'COSL-5': ['special rows', 'A vector of zeros has the cosine 0, and NaN with eps = 0.'],
    'COSL-6': ['errors', 'Input and target have one shape, with at least one axis.'],
    'COSL-7': [
      'cosine-embedding-loss-of-like-pairs-is-nearly-the-cosine-distance',
      'Of vectors that are not short its distance is cosine-embedding-loss of labels 1.',
    ],
  },

  dialects: {
    keras: { name: 'keras.losses.CosineSimilarity', lacks: ['distance'], defaults: { eps: 1e-7 } },
    jax: {
      name: 'optax.losses.cosine_distance',
      defaults: { eps: 0, distance: true },
      lacks: ['reduction'],
      note: 'epsilon is the least squared length; cosine_similarity is 1 less this, not a loss',
      differs: [
        {
          where: 'a vector shorter than epsilon, whose square is less',
          formula: {
            term({ input: x, target: y }, { eps, distance }) {
              const cos = cosine(x, y, atLeast(sqrt(eps)));
              return distance ? real(1).minus(cos) : cos.neg();
            },
          },
          witness: {
            in: { input: [0.125, 0], target: [1, 0] },
            params: { eps: 0.25, distance: true },
            spec: 0.5,
            theirs: 0.75,
          },
        },
      ],
    },
    tfjs: {
      name: 'tf.losses.cosineDistance',
      lacks: ['eps'],
      note: '1 − x · y: vectors should have the length 1',
      differs: [
        {
          where: 'vectors of another length',
          formula: {
            term: ({ input: x, target: y }, { distance }) =>
              distance ? real(1).minus(dotProduct(x, y)) : undefined,
          },
          witness: {
            in: { input: [2, 0], target: [2, 0] },
            params: { distance: true },
            spec: 0,
            theirs: -3,
          },
        },
      ],
    },
  },
  sources: [
    'Keras keras/src/losses/losses.py, cosine_similarity',
    'optax optax/losses, cosine_distance',
  ],
});
