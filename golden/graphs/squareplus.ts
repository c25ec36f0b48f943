/**
 * # Squareplus
 *
 *     max(x, 0) + b / (2 (r + |x|)),     r = √(x² + b)
 *
 * Half of r − |x| is added to relu. Where b and x are 0 that is 0/0, and r = 0 is the result.
 */
import { type Composition, numberIn } from './composition.ts';
import { abs, add, apply, div, greater, input, max, mul, real, where } from './expression.ts';

export const squareplus: Composition = (asked) => {
  const x = input('input');
  const b = real(numberIn(asked, 'b'));
  const r = apply('Sqrt', [add(mul(x, x), b)]);
  const half = div(b, mul(real(2), add(r, abs(x))));
  return where(greater(r, real(0)), add(max(x, real(0)), half), r);
};
