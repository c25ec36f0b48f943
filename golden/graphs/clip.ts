/**
 * # Clip
 *
 *     min(max(x, min), max)
 */
import { type Composition, numberIn } from './composition.ts';
import { input, max, min, real } from './expression.ts';

export const clip: Composition = (asked) => {
  const [low, high] = [real(numberIn(asked, 'min')), real(numberIn(asked, 'max'))];
  return min(max(input('input'), low), high);
};
