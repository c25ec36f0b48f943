/**
 *     leakyRelu(x; 0) = relu(x)
 */
import { leakyRelu, relu } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'leaky-relu-of-slope-0-is-relu',
  says: 'leaky-relu(x) with slope 0 is relu(x)',
  op: leakyRelu,
  given: () => ({ negativeSlope: 0 }),
  as: relu,
});
