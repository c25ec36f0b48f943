/**
 *     softmax2d(x) = softmax(x)    along the third axis from the last
 */
import { softmax, softmax2d } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const channels = { dim: -3 };
const questions = everyday(softmax2d).map((c) => asked(c));

export const certified = stated(questions, ({ tensors }) => {
  const [left, right] = [lift(softmax2d, tensors), lift(softmax, tensors, channels)];
  return same(
    () => results(left),
    () => results(right),
  );
});

export const law = identity({
  name: 'softmax2d-is-softmax-along-the-channels',
  says: 'softmax2d is softmax with dim = −3',
  ops: [softmax2d],
  others: [softmax],
  questions: () => questions,
  claims: async ({ tensors }, ask) => ({
    softmax2d: await ask(softmax2d, tensors),
    'softmax along the channels': await ask(softmax, tensors, channels),
  }),
});
