/**
 *     hardsigmoid(x) = hardSigmoidAffine(x; a, ½) + (1/6 − a) x    for |x| ≤ 3,
 *
 * and beyond they are equal, where a is the double nearest to 1/6. It is 9.3e−18 below, so that the two
 * are never further apart than 2.8e−17, and a float32 is hardly ever rounded to the other side.
 */
import { hardSigmoidAffine, hardsigmoid } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { real } from '../../spec/real.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const A = 1 / 6;

const questions = everyday(hardsigmoid).map((c) => asked(c));

export const certified = stated(questions, ({ tensors }) => {
  const exactly = lift(hardsigmoid, tensors);
  const nearly = lift(hardSigmoidAffine, tensors, { alpha: A });
  return same(
    () => results(exactly),
    () => {
      const x = accessTo(tensors);
      const off = real(1).div(6).minus(A);
      return results(nearly, x).map((y, i) =>
        Math.abs(tensors.input!.data[i]!) <= 3 ? y.plus(x('input', i).times(off)) : y,
      );
    },
  );
});

export const law = identity({
  name: 'hard-sigmoid-affine-of-one-sixth-is-nearly-hardsigmoid',
  says: 'hard-sigmoid-affine(x) with the double nearest to 1/6 is hardsigmoid(x) within 2.8e−17',
  ops: [hardSigmoidAffine],
  others: [hardsigmoid],
  questions: () => questions,
  claims: async ({ tensors }, ask) => ({
    hardsigmoid: await ask(hardsigmoid, tensors),
    'hard-sigmoid-affine': await ask(hardSigmoidAffine, tensors, { alpha: A }),
  }),
});
