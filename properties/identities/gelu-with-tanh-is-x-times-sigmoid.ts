/**
 *     gelu(x; tanh) = x σ(2u),     u = √(2/π) (x + 0.044715 x³)
 */
import { pi, real, sqrt } from '../../spec/functions.ts';
import { gelu, sigmoid } from '../../spec/index.ts';
import { everyday } from '../identity.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const twiceU = calculate(
  ([x]) =>
    x!
      .times(x!.squared())
      .times('0.044715')
      .plus(x!)
      .times(sqrt(real(2).div(pi())))
      .times(2),
  x,
);

export const { certified, law } = severalWays({
  name: 'gelu-with-tanh-is-x-times-sigmoid',
  says: 'the tanh form of gelu is x σ(2u)',
  op: gelu,
  cases: everyday(gelu).map((c) => ({ ...c, settings: { approximate: 'tanh' } })),
  ways: {
    gelu: own(gelu),
    'x σ(2u)': calculate(([x, s]) => x!.times(s!), x, ask(sigmoid, twiceU)),
  },
});
