/**
 *     jensenShannon(p, q; r) = jensenShannon(q, p; r)    for every reduction r
 */
import { jensenShannon } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = everyday(jensenShannon).map((c) => asked(c));

const exchanged = ({ input, target }: Tensors): Tensors => ({ input: target, target: input });

export const certified = stated(questions, ({ tensors, settings }) => {
  const [one, other] = [tensors, exchanged(tensors)].map((t) => lift(jensenShannon, t, settings));
  return same(
    () => results(one!),
    () => results(other!),
  );
});

export const law = identity({
  name: 'jensen-shannon-does-not-change-when-its-arguments-are-exchanged',
  says: 'the Jensen–Shannon divergence is symmetric',
  ops: [jensenShannon],
  others: [],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'of p and q': await ask(jensenShannon, tensors, settings),
    'of q and p': await ask(jensenShannon, exchanged(tensors), settings),
  }),
});
