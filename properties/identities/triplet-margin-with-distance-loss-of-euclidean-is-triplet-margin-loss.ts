/**
 *     tripletMarginWithDistanceLoss(…; euclidean) = tripletMarginLoss(…; p = 2)
 */
import { tripletMarginLoss, tripletMarginWithDistanceLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'triplet-margin-with-distance-loss-of-euclidean-is-triplet-margin-loss',
  says: 'triplet-margin-with-distance-loss of the euclidean distance is triplet-margin-loss with p = 2',
  op: tripletMarginWithDistanceLoss,
  given: () => ({ distance: 'euclidean' }),
  as: tripletMarginLoss,
  with: ({ distance: _, ...settings }) => ({ ...settings, p: 2 }),
});
