/**
 *     softMarginLoss(x, y) = binaryCrossEntropyWithLogits(x, (y + 1) / 2)    for y = ±1
 */
import { binaryCrossEntropyWithLogits, softMarginLoss } from '../../spec/index.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { restated } from '../restated.ts';

const labelled = ({ input, target }: Tensors, label: (y: number) => number): Tensors => ({
  input,
  target: { ...target!, data: Array.from(target!.data, label) },
});

export const { certified, law } = restated({
  name: 'soft-margin-loss-is-binary-cross-entropy-with-logits-of-half-labels',
  says: 'soft-margin-loss of labels ±1 is binary-cross-entropy-with-logits of (y + 1) / 2',
  op: softMarginLoss,
  fed: (tensors) => labelled(tensors, (y) => (y < 0 ? -1 : 1)),
  as: binaryCrossEntropyWithLogits,
  with: ({ reduction }) => ({ reduction: reduction! }),
  of: (tensors) => labelled(tensors, (y) => (y + 1) / 2),
});
