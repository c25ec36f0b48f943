/**
 * # Huber loss
 *
 *     w d²/2 where |d| < delta, else w delta (|d| − delta/2),  d = x − t
 */
import { type Composition, numberIn, orOne, reduced } from './composition.ts';
import { abs, div, greater, input, mul, real, sub, where } from './expression.ts';

export const huberLoss: Composition = (asked) => {
  const delta = numberIn(asked, 'delta');
  const d = sub(input('input'), input('target'));
  const near = div(mul(d, d), real(2));
  const far = mul(real(delta), sub(abs(d), real(delta / 2)));
  const terms = where(greater(real(delta), abs(d)), near, far);
  return reduced(mul(orOne(asked, 'weight'), terms), asked);
};
