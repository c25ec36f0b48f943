/**
 * # Focal loss of a sigmoid
 *
 *     a (t (1 − p) + (1 − t) p)^γ (t ln(1 + e^−x) + (1 − t) ln(1 + eˣ)),   p = σ(x)
 *     a = αt + (1 − α)(1 − t), or 1 where α < 0
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, apply, exp, input, mul, neg, real, softplus, sub } from './expression.ts';

export const sigmoidFocalLoss: Composition = (asked) => {
  const [x, t] = [input('input'), input('target')];
  const no = sub(real(1), t);
  const [yes, other] = [softplus(neg(x)), softplus(x)];
  const rest = add(mul(t, exp(neg(other))), mul(no, exp(neg(yes))));
  const focus = apply('Pow', [rest, real(numberIn(asked, 'gamma'))]);
  const terms = mul(focus, add(mul(t, yes), mul(no, other)));
  const alpha = numberIn(asked, 'alpha');
  const balance = add(mul(real(alpha), t), mul(real(1 - alpha), no));
  return reduced(alpha < 0 ? terms : mul(balance, terms), asked);
};
