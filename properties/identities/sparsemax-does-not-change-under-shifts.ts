/**
 *     sparsemax(x + c) = sparsemax(x)    where every x + c is exact
 */
import { sparsemax } from '../../spec/index.ts';
import { identity } from '../identity.ts';
import { certifiedOf, heldToFirst, shifted } from '../shifted.ts';

export const certified = certifiedOf(sparsemax);

export const law = identity({
  name: 'sparsemax-does-not-change-under-shifts',
  says: 'adding c to every element changes nothing where every x + c is exact',
  ops: [sparsemax],
  others: [],
  questions: () => shifted,
  async claims({ tensors, settings }, ask) {
    const answer = await ask(sparsemax, tensors, settings);
    return { 'sparsemax of x and of x + c': heldToFirst(answer) };
  },
});
