/**
 *     sigmoidFocalLoss(x, y; α < 0, γ = 0, r) = binaryCrossEntropyWithLogits(x, y; r)
 */
import { binaryCrossEntropyWithLogits, sigmoidFocalLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'sigmoid-focal-loss-without-gamma-and-alpha-is-binary-cross-entropy',
  says: 'sigmoid focal loss without gamma and alpha is binary cross-entropy with logits',
  op: sigmoidFocalLoss,
  given: () => ({ alpha: -1, gamma: 0 }),
  as: binaryCrossEntropyWithLogits,
  with: ({ reduction }) => ({ reduction: reduction! }),
});
