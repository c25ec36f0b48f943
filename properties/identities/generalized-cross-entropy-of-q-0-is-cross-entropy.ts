/**
 *     generalizedCrossEntropy(x, y; w, q = 0, r) = crossEntropy(x, y; w, r)    for every reduction r
 */
import { crossEntropy, generalizedCrossEntropy } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'generalized-cross-entropy-of-q-0-is-cross-entropy',
  says: 'generalized cross-entropy with q = 0 is cross-entropy of classes',
  op: generalizedCrossEntropy,
  given: () => ({ q: 0 }),
  as: crossEntropy,
  with: ({ ignoreIndex, reduction }) => ({ ignoreIndex: ignoreIndex!, reduction: reduction! }),
});
