/**
 * # MAPE loss
 *
 *     100 |t − x|/max(|t|, eps)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { abs, div, input, max, mul, real, sub } from './expression.ts';

export const mapeLoss: Composition = (asked) => {
  const size = max(abs(input('target')), real(numberIn(asked, 'eps')));
  const error = abs(sub(input('target'), input('input')));
  return reduced(mul(real(100), div(error, size)), asked); // 100 makes it a percentage
};
