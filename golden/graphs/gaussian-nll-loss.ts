/**
 * # Gaussian NLL loss
 *
 *     ½ (ln v + d²/v), with full + ½ ln 2π;  d = x − t,  v = max(var, eps)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, div, input, log, max, mul, real, sub } from './expression.ts';

export const gaussianNllLoss: Composition = (asked) => {
  const v = max(input('var'), real(numberIn(asked, 'eps')));
  const d = sub(input('input'), input('target'));
  const terms = div(add(div(mul(d, d), v), log(v)), real(2));
  const rest = asked.params.full === true ? Math.log(2 * Math.PI) / 2 : 0;
  return reduced(add(terms, real(rest)), asked);
};
