/**
 * # Hard sigmoid with parameters
 *
 *     min(max(alpha · x + beta, 0), 1)
 */
import { type Composition, numberIn } from './composition.ts';
import { add, input, max, min, mul, real } from './expression.ts';

export const hardSigmoidAffine: Composition = (asked) => {
  const [alpha, beta] = [real(numberIn(asked, 'alpha')), real(numberIn(asked, 'beta'))];
  return min(max(add(mul(alpha, input('input')), beta), real(0)), real(1));
};
