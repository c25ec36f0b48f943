/**
 *     tanh x = 2 σ(2x) − 1
 *
 * On a candidate the right side has lost the digits of a small x: there it decides nothing.
 */
import { sigmoid as sigma } from '../../spec/functions.ts';
import { sigmoid, tanh } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

/** Half of the largest float32. */
const MOST = 2 ** 127 * (1 - 2 ** -24);

const questions = everyday(tanh)
  .filter(({ tensors }) => Array.from(tensors.input!.data).every((x) => Math.abs(x) <= MOST))
  .map((c) => asked(c));

export const certified = stated(questions, ({ tensors }) => {
  const left = lift(tanh, tensors);
  return same(
    () => results(left),
    () => {
      const x = accessTo(tensors);
      const stretched = (place: number) => sigma(x('input', place).times(2)).times(2).minus(1);
      return Array.from(tensors.input!.data, (_, i) => stretched(i));
    },
  );
});

export const law = identity({
  name: 'tanh-is-sigmoid-stretched',
  says: 'tanh x is 2 σ(2x) − 1',
  ops: [tanh],
  others: [sigmoid],
  questions: () => questions,
  async claims({ tensors }, ask) {
    const { input } = tensors;
    const doubled = { ...input!, data: Array.from(input!.data, (x) => 2 * x) };
    return {
      tanh: await ask(tanh, tensors),
      '2 σ(2x) − 1': monotone(([p]) => 2 * p! - 1, await ask(sigmoid, { input: doubled })),
    };
  },
});
