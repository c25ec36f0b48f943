/**
 *     mish(x) = x tanh(softplus(x))
 */
import { mish, softplus, tanh } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

export const { certified, law } = severalWays({
  name: 'mish-is-x-times-tanh-of-softplus',
  says: 'mish(x) is x tanh(softplus(x))',
  op: mish,
  ways: {
    mish: own(mish),
    'x tanh(softplus(x))': calculate(([x, t]) => x!.times(t!), x, ask(tanh, ask(softplus))),
  },
});
