/**
 *     hingeEmbeddingLoss(x, −1; margin = 1) = hingeLoss(x, 1)
 */
import { hingeEmbeddingLoss, hingeLoss } from '../../spec/index.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { restated } from '../restated.ts';

const labelled = ({ input, target }: Tensors, label: number): Tensors => ({
  input,
  target: { ...target!, data: Array.from(target!.data, () => label) },
});

export const { certified, law } = restated({
  name: 'hinge-embedding-loss-of-minus-one-is-a-hinge',
  says: 'hinge-embedding-loss of labels −1 with margin 1 is hinge-loss of labels 1',
  op: hingeEmbeddingLoss,
  given: () => ({ margin: 1 }),
  fed: (tensors) => labelled(tensors, -1),
  as: hingeLoss,
  with: ({ reduction }) => ({ reduction: reduction! }),
  of: (tensors) => labelled(tensors, 1),
});
