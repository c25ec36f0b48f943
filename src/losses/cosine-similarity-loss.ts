/**
 * # Cosine similarity as a loss
 *
 *     ℓ(x, t) = −cos(x, t), with distance 1 − cos(x, t)
 *     cos(x, t) = x · t / (max(‖x‖, eps) max(‖t‖, eps))
 */
import { atLeast, cosine, cosineSlopes } from '../math/cosine.ts';
import { flag, number } from '../parameters.ts';
import { termLoss } from '../term-loss.ts';

const negated = (slopes: readonly number[]): number[] => slopes.map((slope) => -slope);

export const cosineSimilarityLoss = termLoss({
  id: 'cosine-similarity-loss',
  accuracy: { value: 'B', gradient: 'B' },
  parameters: { eps: number({ default: 1e-7, min: 0 }), distance: flag(false) },
  inputs: { input: 'vector', target: 'vector' },
  differentiable: ['input', 'target'],
  value: ({ input, target }, { eps, distance }) =>
    (distance ? 1 : 0) - cosine(input, target, atLeast(eps)),
  slopes: ({ input, target }, { eps }) => ({
    input: negated(cosineSlopes(input, target, atLeast(eps))),
    target: negated(cosineSlopes(target, input, atLeast(eps))),
  }),
});
