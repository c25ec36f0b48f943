/**
 *     squaredHingeLoss(x, y; none) = hingeLoss(x, y; none)²
 */
import { hingeLoss, squaredHingeLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = everyday(squaredHingeLoss).map((c) => asked(c, { reduction: 'none' }));

export const certified = stated(questions, ({ tensors, settings }) => {
  const squared = lift(squaredHingeLoss, tensors, settings);
  const plain = lift(hingeLoss, tensors, settings);
  return same(
    () => results(squared),
    () => results(plain).map((y) => y.squared()),
  );
});

export const law = identity({
  name: 'squared-hinge-loss-is-the-square-of-hinge-loss',
  says: 'squared-hinge-loss is the square of hinge-loss',
  ops: [squaredHingeLoss],
  others: [hingeLoss],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'squared-hinge-loss': await ask(squaredHingeLoss, tensors, settings),
    // Neither answer nor range is below 0 by more than what a gate allows around 0.
    'the square of hinge-loss': monotone(
      ([y]) => Math.max(y!, 0) ** 2,
      await ask(hingeLoss, tensors, settings),
    ),
  }),
});
