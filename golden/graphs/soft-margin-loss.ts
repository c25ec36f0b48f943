/**
 * # Soft margin loss
 *
 *     softplus(−t x)
 */
import { type Composition, reduced } from './composition.ts';
import { input, mul, neg, softplus } from './expression.ts';

export const softMarginLoss: Composition = (asked) =>
  reduced(softplus(neg(mul(input('target'), input('input')))), asked);
