/**
 *     multiMarginLoss([x₀, x₁], y; p = 1, margin) = ½ marginRankingLoss(x₀, x₁, ±1; margin)
 *
 * with +1 for y = 0 and −1 for y = 1: the sum has one term and is divided by two classes.
 */
import { marginRankingLoss, multiMarginLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { results, same, stated } from '../same.ts';

/** Pairs to rank are rows of two classes, and their signs say which is the target. */
const questions = everyday(marginRankingLoss).map((c) =>
  asked({ tensors: ranked(c.tensors), settings: c.settings }),
);
function ranked({ input1, input2, target }: Tensors): Tensors {
  const flat = { shape: [input1!.data.length] };
  return {
    input1: { ...input1!, ...flat },
    input2: { ...input2!, ...flat },
    target: tensor(
      flat.shape,
      Array.from(target!.data, (y) => (y < 0 ? -1 : 1)),
    ),
  };
}
function classified({ input1, input2, target }: Tensors): Tensors {
  const pairs = Array.from(input1!.data, (x, i) => [x, input2!.data[i]!]);
  return {
    input: tensor([pairs.length, 2], pairs.flat()),
    target: tensor(
      [pairs.length],
      Array.from(target!.data, (y) => (y < 0 ? 1 : 0)),
      'i64',
    ),
  };
}
const ofOne = (settings: Case['settings']) => ({ ...settings, p: 1 });

export const certified = stated(questions, ({ tensors, settings }) => {
  const multi = lift(multiMarginLoss, classified(tensors), ofOne(settings));
  const ranking = lift(marginRankingLoss, tensors, settings);
  return same(
    () => results(multi),
    () => results(ranking).map((y) => y.div(2)),
  );
});

export const law = identity({
  name: 'multi-margin-loss-of-two-classes-is-half-a-ranking',
  says: 'multi-margin-loss of two classes with p = 1 is half of margin-ranking-loss of the two logits',
  ops: [multiMarginLoss],
  others: [marginRankingLoss],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'multi-margin-loss': await ask(multiMarginLoss, classified(tensors), ofOne(settings)),
    'half of margin-ranking-loss': monotone(
      ([y]) => y! / 2,
      await ask(marginRankingLoss, tensors, settings),
    ),
  }),
});
