/**
 *     hardswish(x) = x · hardsigmoid(x)
 */
import { hardsigmoid, hardswish } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = everyday(hardswish).map((c) => asked(c));

export const certified = stated(questions, ({ tensors }) => {
  const [whole, gate] = [lift(hardswish, tensors), lift(hardsigmoid, tensors)];
  return same(
    () => results(whole),
    () => {
      const x = accessTo(tensors);
      return results(gate, x).map((y, i) => x('input', i).times(y));
    },
  );
});

export const law = identity({
  name: 'hardswish-is-x-times-hardsigmoid',
  says: 'hardswish(x) is x · hardsigmoid(x)',
  ops: [hardswish],
  others: [hardsigmoid],
  questions: () => questions,
  async claims({ tensors }, ask) {
    const gate = await ask(hardsigmoid, tensors);
    return {
      hardswish: await ask(hardswish, tensors),
      'x · hardsigmoid': monotone(([y], i) => tensors.input!.data[i]! * y!, gate),
    };
  },
});
