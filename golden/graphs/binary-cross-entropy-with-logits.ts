/**
 * # Binary cross-entropy with logits
 *
 *     w ((1 − t) x + (1 + (p − 1) t) softplus(−x)),  p = posWeight
 */
import { type Composition, orOne, reduced } from './composition.ts';
import { add, input, mul, neg, real, softplus, sub } from './expression.ts';

export const binaryCrossEntropyWithLogits: Composition = (asked) => {
  const x = input('input');
  const t = input('target');
  const raised = add(real(1), mul(sub(orOne(asked, 'posWeight'), real(1)), t));
  const terms = add(mul(sub(real(1), t), x), mul(raised, softplus(neg(x))));
  return reduced(mul(orOne(asked, 'weight'), terms), asked);
};
