/**
 * # Cosine similarity as a loss
 *
 *     −cos, or with distance 1 − cos
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { input, real, sub } from './expression.ts';
import { atLeast, cosine, sumAlong } from './vectors.ts';

export const cosineSimilarityLoss: Composition = (asked) => {
  const sum = sumAlong(asked, 'input');
  const cos = cosine(input('input'), input('target'), sum, atLeast(numberIn(asked, 'eps')));
  return reduced(sub(real(asked.params.distance === true ? 1 : 0), cos), asked);
};
