/**
 *     smoothL1Loss(x, y; beta = 0, r) = l1Loss(x, y; r)    for every reduction r
 */
import { l1Loss, smoothL1Loss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'smooth-l1-loss-of-beta-0-is-l1-loss',
  says: 'smooth-l1-loss with beta 0 is l1-loss',
  op: smoothL1Loss,
  given: () => ({ beta: 0 }),
  as: l1Loss,
  with: ({ reduction }) => ({ reduction: reduction! }),
});
