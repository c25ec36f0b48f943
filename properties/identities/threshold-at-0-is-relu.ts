/**
 *     threshold(x; 0, 0) = relu(x)
 */
import { relu, threshold } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'threshold-at-0-is-relu',
  says: 'threshold(x) with threshold 0 and value 0 is relu(x)',
  op: threshold,
  given: () => ({ threshold: 0, value: 0 }),
  as: relu,
});
