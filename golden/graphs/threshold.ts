/**
 * # Threshold
 *
 *     x where x > threshold, else value
 */
import { type Composition, numberIn } from './composition.ts';
import { greater, input, real, where } from './expression.ts';

export const threshold: Composition = (asked) => {
  const x = input('input');
  const isKept = greater(x, real(numberIn(asked, 'threshold')));
  return where(isKept, x, real(numberIn(asked, 'value')));
};
