/**
 *     multilabelSoftMarginLoss(x, y; w, mean) = binaryCrossEntropyWithLogits(x, y; w, mean)
 *
 * The mean over rows of means over classes is the mean over all elements; neither sees the weights.
 */
import { binaryCrossEntropyWithLogits, multilabelSoftMarginLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'multilabel-soft-margin-loss-is-a-mean-of-binary-cross-entropy-with-logits',
  says: 'the mean of multilabel-soft-margin-loss is that of binary-cross-entropy-with-logits',
  op: multilabelSoftMarginLoss,
  given: () => ({ reduction: 'mean' }),
  as: binaryCrossEntropyWithLogits,
});
