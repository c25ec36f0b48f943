/**
 *     logSoftmax(x + c) = logSoftmax(x)    where every x + c is exact
 */
import { logSoftmax } from '../../spec/index.ts';
import { identity } from '../identity.ts';
import { certifiedOf, heldToFirst, shifted } from '../shifted.ts';

export const certified = certifiedOf(logSoftmax);

export const law = identity({
  name: 'log-softmax-does-not-change-under-shifts',
  says: 'adding c to every element changes nothing where every x + c is exact',
  ops: [logSoftmax],
  others: [],
  questions: () => shifted,
  async claims({ tensors, settings }, ask) {
    const answer = await ask(logSoftmax, tensors, settings);
    return { 'log-softmax of x and of x + c': heldToFirst(answer) };
  },
});
