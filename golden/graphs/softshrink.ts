/**
 * # Softshrink
 *
 *     x − min(max(x, −lambd), lambd)
 */
import { type Composition, numberIn } from './composition.ts';
import { input, max, min, real, sub } from './expression.ts';

export const softshrink: Composition = (asked) => {
  const x = input('input');
  const lambd = numberIn(asked, 'lambd');
  return sub(x, min(max(x, real(-lambd)), real(lambd)));
};
