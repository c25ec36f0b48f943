/**
 * # Soft cap
 *
 *     cap · tanh(x / cap)
 */
import { type Composition, numberIn } from './composition.ts';
import { div, input, mul, real, tanh } from './expression.ts';

export const softCap: Composition = (asked) => {
  const cap = real(numberIn(asked, 'cap'));
  return mul(cap, tanh(div(input('input'), cap)));
};
