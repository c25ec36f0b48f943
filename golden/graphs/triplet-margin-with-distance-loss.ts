/**
 * # Triplet margin loss with another distance
 *
 *     max(0, d(a, p) − d(a, n) + margin)
 */
import type { Composition } from './composition.ts';
import { real, sub } from './expression.ts';
import { byNorm, ofDistances } from './triplet-margin-loss.ts';
import { atLeast, cosine, square, sumAlong } from './vectors.ts';

/** The floor of PyTorch's cosine_similarity. */
const LEAST = 1e-8;

export const tripletMarginWithDistanceLoss: Composition = (asked) => {
  const sum = sumAlong(asked, 'anchor');
  if (asked.params.distance === 'euclidean') return ofDistances(asked, byNorm(asked, 2));
  return asked.params.distance === 'cosine'
    ? ofDistances(asked, ([u, v]) => sub(real(1), cosine(u, v, sum, atLeast(LEAST))))
    : ofDistances(asked, ([u, v]) => sum(square(sub(u, v))));
};
