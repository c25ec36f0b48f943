/**
 * # Sparse plus
 *
 *     max(x + 1, 0)² / 4 where x < 1, else x
 */
import type { Composition } from './composition.ts';
import { add, div, greater, input, max, mul, real, where } from './expression.ts';

export const sparsePlus: Composition = () => {
  const x = input('input');
  const above = max(add(x, real(1)), real(0));
  return where(greater(real(1), x), div(mul(above, above), real(4)), x);
};
