/**
 *     poly1Loss(x, y; w, ε = 0, r) = crossEntropy(x, y; w, r)    for every reduction r
 */
import { crossEntropy, poly1Loss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'poly-1-loss-without-epsilon-is-cross-entropy',
  says: 'poly-1 loss with epsilon = 0 is cross-entropy of classes',
  op: poly1Loss,
  given: () => ({ epsilon: 0 }),
  as: crossEntropy,
  with: ({ ignoreIndex, reduction }) => ({ ignoreIndex: ignoreIndex!, reduction: reduction! }),
});
