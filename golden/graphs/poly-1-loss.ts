/**
 * # Poly-1 loss
 *
 *     w_y (ε (1 − p) − ln p)
 */
import { numberIn } from './composition.ts';
import { add, mul, real } from './expression.ts';
import { ofChance } from './margin.ts';

export const poly1Loss = ofChance(({ rest, surprise }, asked) =>
  add(surprise, mul(real(numberIn(asked, 'epsilon')), rest)),
);
