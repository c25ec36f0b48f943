/**
 *     hardmax(x) = gumbelSoftmax(x, 0)    with hard
 */
import { gumbelSoftmax, hardmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const silent = ({ input }: Tensors): Tensors => ({
  input,
  noise: { ...input!, data: Array.from(input!.data, () => 0) },
});

const questions = everyday(hardmax).map((c) => asked(c));

export const certified = stated(questions, ({ tensors, settings }) => {
  const left = lift(hardmax, tensors, settings);
  const right = lift(gumbelSoftmax, silent(tensors), { ...settings, hard: true });
  return same(
    () => results(left),
    () => results(right),
  );
});

export const law = identity({
  name: 'hardmax-is-hard-gumbel-softmax-without-noise',
  says: 'hardmax is what gumbel-softmax gives with hard and without noise',
  ops: [hardmax],
  others: [gumbelSoftmax],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    hardmax: await ask(hardmax, tensors, settings),
    'gumbel-softmax': await ask(gumbelSoftmax, silent(tensors), { ...settings, hard: true }),
  }),
});
