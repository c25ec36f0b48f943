/**
 * # Hardshrink
 *
 *     x where |x| > lambd, else 0
 */
import { type Composition, numberIn } from './composition.ts';
import { abs, greater, input, real, where } from './expression.ts';

export const hardshrink: Composition = (asked) => {
  const x = input('input');
  return where(greater(abs(x), real(numberIn(asked, 'lambd'))), x, real(0));
};
