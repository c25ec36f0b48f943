/**
 * # CELU
 *
 *     x where x > 0, else α (e^(x/α) − 1)
 */
import { type Composition, numberIn } from './composition.ts';
import { div, expm1, greater, input, min, mul, real, where } from './expression.ts';

export const celu: Composition = (asked) => {
  const x = input('input');
  const alpha = real(numberIn(asked, 'alpha'));
  const left = mul(alpha, expm1(div(min(x, real(0)), alpha)));
  return where(greater(x, real(0)), x, left);
};
