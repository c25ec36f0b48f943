/**
 * # Binary cross-entropy
 *
 *     −w (t max(ln x, −100) + (1 − t) max(ln(1 − x), −100))
 */
import { type Composition, orOne, reduced } from './composition.ts';
import { add, input, log, log1p, max, mul, neg, real, sub } from './expression.ts';

export const binaryCrossEntropy: Composition = (asked) => {
  const x = input('input');
  const t = input('target');
  const floor = real(-100); // the bound that the definition states
  const yes = mul(t, max(log(x), floor));
  const no = mul(sub(real(1), t), max(log1p(neg(x)), floor));
  return reduced(mul(orOne(asked, 'weight'), neg(add(yes, no))), asked);
};
