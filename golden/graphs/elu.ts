/**
 * # ELU
 *
 *     x where x > 0, else α (eˣ − 1)
 */
import { type Composition, numberIn } from './composition.ts';
import { expm1, greater, input, min, mul, real, where } from './expression.ts';

export const elu: Composition = (asked) => {
  const x = input('input');
  const left = mul(real(numberIn(asked, 'alpha')), expm1(min(x, real(0))));
  return where(greater(x, real(0)), x, left);
};
