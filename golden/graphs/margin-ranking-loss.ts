/**
 * # Margin ranking loss
 *
 *     max(0, −t (x₁ − x₂) + margin)
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { input, max, mul, real, sub } from './expression.ts';

export const marginRankingLoss: Composition = (asked) => {
  const lead = mul(input('target'), sub(input('input1'), input('input2')));
  return reduced(max(sub(real(numberIn(asked, 'margin')), lead), real(0)), asked);
};
