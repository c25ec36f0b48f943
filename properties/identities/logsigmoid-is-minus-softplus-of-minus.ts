/**
 *     logsigmoid(x) = −softplus(−x)
 */
import { logsigmoid, softplus } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const questions = everyday(logsigmoid).map((c) => asked(c));

const mirrored = ({ input }: Tensors): Tensors => ({
  input: tensor(
    input!.shape,
    Array.from(input!.data, (x) => -x),
  ),
});

export const certified = stated(questions, ({ tensors }) => {
  const left = lift(logsigmoid, tensors);
  const right = lift(softplus, mirrored(tensors));
  return same(
    () => results(left),
    () => results(right).map((y) => y.neg()),
  );
});

export const law = identity({
  name: 'logsigmoid-is-minus-softplus-of-minus',
  says: 'logsigmoid(x) is −softplus(−x)',
  ops: [logsigmoid],
  others: [softplus],
  questions: () => questions,
  async claims({ tensors }, ask) {
    return {
      logsigmoid: await ask(logsigmoid, tensors),
      'minus softplus of minus': monotone(([y]) => -y!, await ask(softplus, mirrored(tensors))),
    };
  },
});
