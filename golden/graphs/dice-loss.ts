/**
 * # Dice loss
 *
 *     1 − (2 Σ p t + s) / (Σ p + Σ t + s)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, div, mul, real, sub } from './expression.ts';
import { overlap } from './overlap.ts';

export const diceLoss: Composition = (asked) => {
  const { both, extra, missed } = overlap();
  const right = add(mul(real(2), both), real(numberIn(asked, 'smooth')));
  return reduced(sub(real(1), div(right, add(right, add(extra, missed)))), asked);
};
