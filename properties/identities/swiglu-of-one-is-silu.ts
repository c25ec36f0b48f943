/**
 *     swiglu(a, 1) = silu(a)    with the same α
 *
 * A candidate without silu is held to what silu is.
 */
import { silu, swiglu } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const ofOne = ({ input }: Tensors): Tensors => ({
  a: input,
  b: { ...input!, data: Array.from(input!.data, () => 1) },
});

const questions = everyday(silu).map(({ tensors, settings }) =>
  asked({ tensors: ofOne(tensors), settings }),
);

export const certified = stated(questions, ({ tensors, settings }) => {
  const left = lift(swiglu, tensors, settings);
  const right = lift(silu, { input: tensors.a }, settings);
  return same(
    () => results(left),
    () => results(right),
  );
});

export const law = identity({
  name: 'swiglu-of-one-is-silu',
  says: 'swiglu(a, 1) is silu(a)',
  ops: [swiglu],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask, { hello }) {
    const gated = { 'swiglu(a, 1)': await ask(swiglu, tensors, settings) };
    if (!hello.ops[silu.id]) return gated;
    return { ...gated, 'silu(a)': await ask(silu, { input: tensors.a }, settings) };
  },
});
