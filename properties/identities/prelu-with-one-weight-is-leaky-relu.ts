/**
 *     prelu(x, w) = leakyRelu(x; w)    where w is one number
 */
import { leakyRelu, prelu } from '../../spec/index.ts';
import { tensor } from '../../spec/tensor.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'prelu-with-one-weight-is-leaky-relu',
  says: 'prelu(x) with one weight for all channels is leaky-relu(x)',
  op: prelu,
  fed: ({ input, weight }) => ({ input, weight: tensor([1], [weight!.data[0]!]) }),
  as: leakyRelu,
  of: ({ input }) => ({ input }),
  with: (_, { weight }) => ({ negativeSlope: weight!.data[0]! }),
});
