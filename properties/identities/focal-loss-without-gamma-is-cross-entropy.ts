/**
 *     focalLoss(x, y; w, γ = 0, r) = crossEntropy(x, y; w, r)    for every reduction r
 */
import { crossEntropy, focalLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'focal-loss-without-gamma-is-cross-entropy',
  says: 'focal loss with gamma = 0 is cross-entropy of classes',
  op: focalLoss,
  given: () => ({ gamma: 0 }),
  as: crossEntropy,
  with: ({ ignoreIndex, reduction }) => ({ ignoreIndex: ignoreIndex!, reduction: reduction! }),
});
