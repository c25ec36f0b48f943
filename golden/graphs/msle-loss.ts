/**
 * # MSLE loss
 *
 *     ln²(1 + |a − b|/(1 + min(a, b))),  a = max(x, eps),  b = max(t, eps)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { abs, add, div, input, log1p, max, min, mul, real, sub } from './expression.ts';

export const msleLoss: Composition = (asked) => {
  const eps = real(numberIn(asked, 'eps'));
  const [a, b] = [max(input('input'), eps), max(input('target'), eps)];
  const size = log1p(div(abs(sub(a, b)), add(real(1), min(a, b))));
  return reduced(mul(size, size), asked);
};
