/**
 * # Focal loss of softmax
 *
 *     −w_y (1 − p)^γ ln p
 */
import { numberIn } from './composition.ts';
import { apply, mul, real } from './expression.ts';
import { ofChance } from './margin.ts';

export const focalLoss = ofChance(({ rest, surprise }, asked) =>
  mul(apply('Pow', [rest, real(numberIn(asked, 'gamma'))]), surprise),
);
