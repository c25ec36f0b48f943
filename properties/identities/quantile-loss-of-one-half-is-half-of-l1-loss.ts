/**
 *     quantileLoss(x, y; tau = ½, r) = ½ l1Loss(x, y; r)    for every reduction r
 */
import { l1Loss, quantileLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'quantile-loss-of-one-half-is-half-of-l1-loss',
  says: 'quantile-loss with tau = ½ is half of l1-loss',
  op: quantileLoss,
  given: () => ({ tau: 0.5 }),
  as: l1Loss,
  with: ({ reduction }) => ({ reduction: reduction! }),
  times: () => 0.5,
});
