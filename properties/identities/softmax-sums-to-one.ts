/**
 *     Σ softmax(x)ᵢ = 1
 *
 * And so do the results of its kin. Certified as: the largest is 1 minus the others. The results of a
 * candidate sum to 1 within what is allowed for all of them together.
 */
import fc from 'fast-check';
import { float64 } from '../../spec/format.ts';
import { real, sum } from '../../spec/functions.ts';
import {
  entmax15,
  gumbelSoftmax,
  softmax,
  softmax2d,
  softmin,
  sparsemax,
} from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { valuesOf } from '../../spec/oracle/index.ts';
import { around, summed } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const ops: readonly Op[] = [softmax, softmin, softmax2d, gumbelSoftmax, sparsemax, entmax15];

const questionsOf = (op: Op) => everyday(op).map((c) => asked(c));
const drawn = fc.oneof(...ops.map((op) => questionsOf(op).map((question) => ({ op, question }))));

export const certified = stated(drawn, ({ op, question: { tensors, settings } }) => {
  const lifted = lift(op, tensors, settings);
  const values = valuesOf(lifted, float64, { upTo: 240 }).map(({ value }) => value);
  return lifted.pieces.every(({ at }) => {
    const most = at.reduce((best, place) => (values[place]! > values[best]! ? place : best));
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
  ops,
  others: [],
  questions: ({ op }) => questionsOf(op),
  async claims({ tensors, settings }, ask, { op }) {
    const rows = lift(op, tensors, settings).pieces.map(({ at }) => at);
    return { 'the sum of a row': around(1, summed(await ask(op, tensors, settings), rows)) };
  },
});
