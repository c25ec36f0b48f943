/**
 * # Hinge embedding loss
 *
 *     [t ≠ −1] x + [t ≠ 1] max(0, margin − x)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, equal, input, max, real, sub, type Term, where } from './expression.ts';

const unless = (label: number, x: Term): Term =>
  where(equal(input('target'), real(label)), real(0), x);

export const hingeEmbeddingLoss: Composition = (asked) => {
  const x = input('input');
  const rest = max(sub(real(numberIn(asked, 'margin')), x), real(0));
  return reduced(add(unless(-1, x), unless(1, rest)), asked);
};
