/**
 * # Smooth L1 loss
 *
 *     d²/(2 beta) where |d| < beta, else |d| − beta/2,  d = x − t
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { abs, div, greater, input, mul, real, sub, where } from './expression.ts';

export const smoothL1Loss: Composition = (asked) => {
  const beta = numberIn(asked, 'beta');
  const d = sub(input('input'), input('target'));
  const far = sub(abs(d), real(beta / 2));
  if (beta === 0) return reduced(far, asked);
  const near = div(mul(d, d), real(2 * beta));
  return reduced(where(greater(real(beta), abs(d)), near, far), asked);
};
