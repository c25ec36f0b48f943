/**
 * # Thresholded ReLU
 *
 *     x where x > alpha, else 0
 */
import { type Composition, numberIn } from './composition.ts';
import { greater, input, real, where } from './expression.ts';

export const thresholdedRelu: Composition = (asked) => {
  const x = input('input');
  return where(greater(x, real(numberIn(asked, 'alpha'))), x, real(0));
};
