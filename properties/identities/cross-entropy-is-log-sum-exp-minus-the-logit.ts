/**
 *     crossEntropy(x, y) = logSumExp(x) − x_y
 *
 * On a candidate the difference has lost what it had beyond the last place of x_y.
 */

import { crossEntropy, logSumExp } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import {
  asked,
  bounded,
  classAxis,
  classRows,
  hasClasses,
  identity,
  withoutIgnored,
} from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = bounded(crossEntropy)
  .filter(hasClasses)
  .map(withoutIgnored)
  .map(({ tensors: { input, target }, settings }) =>
    asked({ tensors: { input, target }, settings }, { reduction: 'none', labelSmoothing: 0 }),
  );

/** Where the logit of every target lies. */
const logitPlaces = ({ input, target }: Tensors): readonly number[] =>
  classRows(input!).map((row, i) => row[target!.data[i]!]!);

export const certified = stated(questions, ({ tensors, settings }) => {
  const { input } = tensors;
  const direct = lift(crossEntropy, tensors, settings);
  const whole = lift(logSumExp, { input }, { dim: classAxis(input!) });
  const places = logitPlaces(tensors);
  return same(
    () => results(direct),
    () => {
      const x = accessTo(tensors);
      return results(whole, x).map((lse, i) => lse.minus(x('input', places[i]!)));
    },
  );
});

export const law = identity({
  name: 'cross-entropy-is-log-sum-exp-minus-the-logit',
  says: 'cross-entropy of a class is log-sum-exp of the logits minus that of the class',
  ops: [crossEntropy],
  others: [logSumExp],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { input } = tensors;
    const places = logitPlaces(tensors);
    const whole = await ask(logSumExp, { input }, { dim: classAxis(input!) });
    return {
      'cross-entropy': await ask(crossEntropy, tensors, settings),
      'log-sum-exp minus the logit': monotone(([lse], i) => lse! - input!.data[places[i]!]!, whole),
    };
  },
});
