/**
 *     huberLoss(x, y; δ, r) = δ · smoothL1Loss(x, y; beta = δ, r)    for every reduction r
 */
import { huberLoss, smoothL1Loss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'huber-loss-is-delta-times-smooth-l1-loss',
  says: 'huber-loss is delta times smooth-l1-loss with beta = delta',
  op: huberLoss,
  fed: ({ input, target }) => ({ input, target }),
  as: smoothL1Loss,
  with: ({ delta, reduction }) => ({ beta: delta!, reduction: reduction! }),
  times: ({ delta }) => Number(delta),
});
