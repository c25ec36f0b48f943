/**
 *     zLoss(x; c = 1) = logSumExp(x)²
 *
 * On a candidate the square of a range that has 0 in it is from 0 on.
 */
import { logSumExp, zLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Computed, isOrdinary } from '../computed.ts';
import { asked, bounded, classAxis, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = bounded(zLoss).map((c) => asked(c, { coefficient: 1, reduction: 'none' }));

export const certified = stated(questions, ({ tensors, settings }) => {
  const whole = lift(zLoss, tensors, settings);
  const inner = lift(logSumExp, tensors, { dim: classAxis(tensors.input!) });
  return same(
    () => results(whole),
    () => results(inner).map((z) => z.squared()),
  );
});

const squared = (computed: Computed): Computed => ({
  tensor: { ...computed.tensor, data: Array.from(computed.tensor.data, (z) => z * z) },
  ranges: computed.ranges.map((range, i) => {
    if (!range || !isOrdinary(computed, i)) return undefined;
    const [low, high] = [range.lo ** 2, range.hi ** 2];
    const least = range.lo <= 0 && range.hi >= 0 ? 0 : Math.min(low, high);
    return { lo: least, hi: Math.max(low, high), scale: 0 };
  }),
});

export const law = identity({
  name: 'z-loss-is-log-sum-exp-squared',
  says: 'z-loss of coefficient 1 is the square of log-sum-exp',
  ops: [zLoss],
  others: [logSumExp],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const inner = await ask(logSumExp, tensors, { dim: classAxis(tensors.input!) });
    return {
      'z-loss': await ask(zLoss, tensors, settings),
      'log-sum-exp squared': squared(inner),
    };
  },
});
