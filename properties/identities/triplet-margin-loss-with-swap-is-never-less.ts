/**
 *     tripletMarginLoss(a, p, n; swap) ≥ tripletMarginLoss(a, p, n)
 *
 * as min(d(a, n), d(p, n)) ≤ d(a, n).
 */
import { tripletMarginLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, signOf, stated } from '../same.ts';

const questions = everyday(tripletMarginLoss).map((c) => asked(c, { swap: true, p: 2 }));

export const certified = stated(questions, ({ tensors, settings }) => {
  const swapped = lift(tripletMarginLoss, tensors, settings);
  const plain = lift(tripletMarginLoss, tensors, { ...settings, swap: false });
  // Where nothing is swapped the two are one number, whose difference is no digits away from 0.
  const gap = (i: number) => () => results(swapped)[i]!.plus(TINY).minus(results(plain)[i]!);
  return swapped.pieces.flatMap(({ at }) => at).every((i) => signOf(gap(i)) >= 0);
});
/** Below what 240 digits tell of a distance that matters. */
const TINY = '1e-100';

export const law = identity({
  name: 'triplet-margin-loss-with-swap-is-never-less',
  says: 'triplet-margin-loss with swap is never less than without',
  ops: [tripletMarginLoss],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const swapped = await ask(tripletMarginLoss, tensors, settings);
    const plain = await ask(tripletMarginLoss, tensors, { ...settings, swap: false });
    return { 'with swap': swapped, 'without swap': plain };
  },
});
