/**
 * # Hardtanh
 *
 *     min(max(x, minVal), maxVal)
 */
import { type Composition, numberIn } from './composition.ts';
import { input, max, min, real } from './expression.ts';

export const hardtanh: Composition = (asked) => {
  const [low, high] = [real(numberIn(asked, 'minVal')), real(numberIn(asked, 'maxVal'))];
  return min(max(input('input'), low), high);
};
