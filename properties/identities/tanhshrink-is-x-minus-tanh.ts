/**
 *     tanhshrink(x) = x − tanh x
 *
 * On a candidate the right side has lost the digits of a small x: there it decides nothing.
 */
import { tanh, tanhshrink } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

export const { certified, law } = severalWays({
  name: 'tanhshrink-is-x-minus-tanh',
  says: 'tanhshrink(x) is x − tanh x',
  op: tanhshrink,
  ways: {
    tanhshrink: own(tanhshrink),
    'x − tanh x': calculate(([x, t]) => x!.minus(t!), x, ask(tanh)),
  },
});
