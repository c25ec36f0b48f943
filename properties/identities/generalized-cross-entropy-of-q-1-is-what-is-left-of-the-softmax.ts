/**
 *     generalizedCrossEntropy(x, y; q = 1) = 1 − softmax(x)_y = ½ Σ_c |softmax(x)_c − [c = y]|
 *
 * On a candidate the difference has lost what it had beyond the last place of 1.
 */
import { sum } from '../../spec/functions.ts';
import { generalizedCrossEntropy, softmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { type Computed, monotone } from '../computed.ts';
import { asked, bounded, classAxis, classRows, identity, withoutIgnored } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = bounded(generalizedCrossEntropy)
  .map(withoutIgnored)
  .map(({ tensors: { input, target }, settings }) =>
    asked({ tensors: { input, target }, settings }, { q: 1, reduction: 'none' }),
  );

/** Where what is said of every row's class lies. */
const places = ({ input, target }: Tensors): readonly number[] =>
  classRows(input!).map((row, i) => row[target!.data[i]!]!);

export const certified = stated(questions, ({ tensors, settings }) => {
  const { input } = tensors;
  const whole = lift(generalizedCrossEntropy, tensors, settings);
  const inner = lift(softmax, { input }, { dim: classAxis(input!) });
  const own = places(tensors);
  return same(
    () => results(whole),
    () => {
      const p = results(inner);
      return classRows(input!).map((row, i) =>
        sum(row.filter((place) => place !== own[i]).map((place) => p[place]!)),
      );
    },
    () => {
      const p = results(inner);
      return own.map((place) => real(1).minus(p[place]!));
    },
  );
});

/** Of every row the probability of its class. */
function picked({ tensor: all, ranges }: Computed, own: readonly number[]): Computed {
  const data = own.map((place) => all.data[place]!);
  return { tensor: tensor([own.length], data), ranges: own.map((place) => ranges[place]) };
}

export const law = identity({
  name: 'generalized-cross-entropy-of-q-1-is-what-is-left-of-the-softmax',
  says: 'generalized cross-entropy with q = 1 is 1 − softmax of the class',
  ops: [generalizedCrossEntropy],
  others: [softmax],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { input } = tensors;
    const all = await ask(softmax, { input }, { dim: classAxis(input!) });
    return {
      'generalized cross-entropy': await ask(generalizedCrossEntropy, tensors, settings),
      '1 − softmax': monotone(([p]) => 1 - p!, picked(all, places(tensors))),
    };
  },
});
