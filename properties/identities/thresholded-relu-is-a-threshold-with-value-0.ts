/**
 *     thresholdedRelu(x; alpha) = threshold(x; alpha, 0)
 */
import { threshold, thresholdedRelu } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'thresholded-relu-is-a-threshold-with-value-0',
  says: 'thresholded-relu(x) is threshold(x) at alpha with value 0',
  op: thresholdedRelu,
  as: threshold,
  with: ({ alpha }) => ({ threshold: alpha!, value: 0 }),
});
