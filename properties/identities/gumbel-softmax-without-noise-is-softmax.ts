/**
 *     gumbelSoftmax(x, 0) = softmax(x)    for τ = 1
 */
import { gumbelSoftmax, softmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const silent = ({ input }: Tensors): Tensors => ({
  input,
  noise: { ...input!, data: Array.from(input!.data, () => 0) },
});

const questions = everyday(softmax).map(({ tensors, settings }) =>
  asked({ tensors: silent(tensors), settings }),
);

export const certified = stated(questions, ({ tensors, settings }) => {
  const left = lift(gumbelSoftmax, tensors, settings);
  const right = lift(softmax, { input: tensors.input }, settings);
  return same(
    () => results(left),
    () => results(right),
  );
});

export const law = identity({
  name: 'gumbel-softmax-without-noise-is-softmax',
  says: 'without noise and with τ = 1 gumbel-softmax is softmax',
  ops: [gumbelSoftmax],
  others: [softmax],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'gumbel-softmax': await ask(gumbelSoftmax, tensors, settings),
    softmax: await ask(softmax, { input: tensors.input }, settings),
  }),
});
