/**
 *     squareplus(x; 0) = relu(x)
 */
import { relu, squareplus } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'squareplus-without-b-is-relu',
  says: 'squareplus(x) with b = 0 is relu(x)',
  op: squareplus,
  given: () => ({ b: 0 }),
  as: relu,
});
