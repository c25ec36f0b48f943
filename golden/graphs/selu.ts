/**
 * # SELU
 *
 *     λ x where x > 0, else λα (eˣ − 1)
 */
import type { Composition } from './composition.ts';
import { expm1, greater, input, min, mul, real, where } from './expression.ts';

const LAMBDA = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

export const selu: Composition = () => {
  const x = input('input');
  const left = mul(real(ALPHA), expm1(min(x, real(0))));
  return mul(real(LAMBDA), where(greater(x, real(0)), x, left));
};
