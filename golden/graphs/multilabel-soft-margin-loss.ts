/**
 * # Multi-label soft margin loss
 *
 *     the mean over the last axis of w (t softplus(−x) + (1 − t) softplus(x))
 */
import { type Composition, orOne, rankOf, reduced } from './composition.ts';
import { add, apply, input, list, mul, neg, real, softplus, sub } from './expression.ts';

export const multilabelSoftMarginLoss: Composition = (asked) => {
  const [x, t] = [input('input'), input('target')];
  const terms = add(mul(t, softplus(neg(x))), mul(sub(real(1), t), softplus(x)));
  const weighted = mul(orOne(asked, 'weight'), terms);
  const axis = list(rankOf(asked, 'input') - 1);
  return reduced(apply('ReduceMean', [weighted, axis], { keepdims: { int: 0 } }), asked);
};
