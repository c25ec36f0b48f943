/**
 * # Softsign
 *
 *     x / (1 + |x|)
 */
import type { Composition } from './composition.ts';
import { abs, add, div, input, real } from './expression.ts';

export const softsign: Composition = () => {
  const x = input('input');
  return div(x, add(real(1), abs(x)));
};
