/**
 * # RReLU
 *
 *     x where x > 0, else (lower + (upper − lower) r) x
 */
import { type Composition, numberIn } from './composition.ts';
import { add, greater, input, mul, real, sub, where } from './expression.ts';

export const rrelu: Composition = (asked) => {
  const x = input('input');
  const [lower, upper] = [real(numberIn(asked, 'lower')), real(numberIn(asked, 'upper'))];
  const noise = asked.in.noise === undefined ? real(0.5) : input('noise');
  const slope = add(lower, mul(sub(upper, lower), noise));
  return where(greater(x, real(0)), x, mul(x, slope));
};
