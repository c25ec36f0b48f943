/**
 * # Quantile loss
 *
 *     max(tau d, (tau − 1) d),  d = t − x
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { input, max, mul, real, sub } from './expression.ts';

export const quantileLoss: Composition = (asked) => {
  const tau = real(numberIn(asked, 'tau'));
  const d = sub(input('target'), input('input'));
  return reduced(max(mul(tau, d), mul(sub(tau, real(1)), d)), asked);
};
