/**
 *     softmin(x) = softmax(−x)
 */
import { softmax, softmin } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const negated = ({ input }: Tensors): Tensors => ({
  input: { ...input!, data: Array.from(input!.data, (x) => -x) },
});

const questions = everyday(softmin).map((c) => asked(c));

export const certified = stated(questions, ({ tensors, settings }) => {
  const [left, right] = [
    lift(softmin, tensors, settings),
    lift(softmax, negated(tensors), settings),
  ];
  return same(
    () => results(left),
    () => results(right),
  );
});

export const law = identity({
  name: 'softmin-is-softmax-of-minus',
  says: 'softmin(x) is softmax(−x)',
  ops: [softmin],
  others: [softmax],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    softmin: await ask(softmin, tensors, settings),
    'softmax(−x)': await ask(softmax, negated(tensors), settings),
  }),
});
