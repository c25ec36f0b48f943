/**
 *     tverskyLoss(p, t; α = β = ½, s, r) = diceLoss(p, t; 2s, r)    for every reduction r
 */
import { diceLoss, tverskyLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'tversky-loss-of-two-halves-is-dice-loss',
  says: 'Tversky loss with alpha = beta = ½ is dice loss of twice the smooth',
  op: tverskyLoss,
  given: () => ({ alpha: 0.5, beta: 0.5 }),
  as: diceLoss,
  with: ({ smooth, reduction }) => ({ smooth: 2 * Number(smooth), reduction: reduction! }),
});
