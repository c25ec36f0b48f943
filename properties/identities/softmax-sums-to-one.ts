/**
 *     Σ softmax(x)ᵢ = 1
 *
 * Certified as: the largest is 1 minus the others. The results of a candidate sum to 1 within what
 * is allowed for all of them together.
 */

import { real, sum } from '../../spec/functions.ts';
import { softmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { around, summed } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = everyday(softmax).map((c) => asked(c));

export const certified = stated(questions, ({ tensors, settings }) => {
  const lifted = lift(softmax, tensors, settings);
  return lifted.pieces.every(({ at }) => {
    const row = at.map((place) => tensors.input!.data[place]!);
    const most = at[row.indexOf(Math.max(...row))]!;
    const others = at.filter((place) => place !== most);
    return same(
      () => [results(lifted)[most]!],
      () => {
        const p = results(lifted);
        return [real(1).minus(sum(others.map((place) => p[place]!)))];
      },
    );
  });
});

export const law = identity({
  name: 'softmax-sums-to-one',
  says: 'the results of a row sum to 1',
  ops: [softmax],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const rows = lift(softmax, tensors, settings).pieces.map(({ at }) => at);
    return { 'the sum of a row': around(1, summed(await ask(softmax, tensors, settings), rows)) };
  },
});
