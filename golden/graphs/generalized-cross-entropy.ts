/**
 * # Generalized cross-entropy
 *
 *     w_y (1 − p^q) / q, and −w_y ln p for q = 0
 */
import { numberIn } from './composition.ts';
import { div, expm1, mul, neg, real } from './expression.ts';
import { ofChance } from './margin.ts';

export const generalizedCrossEntropy = ofChance(({ surprise }, asked) => {
  const q = numberIn(asked, 'q');
  return q === 0 ? surprise : div(neg(expm1(neg(mul(real(q), surprise)))), real(q));
});
