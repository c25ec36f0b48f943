/**
 *     silu(x; α) = x σ(αx)
 */
import { sigmoid, silu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const scaled = calculate(([x], { alpha }) => x!.times(alpha!), x);

export const { certified, law } = severalWays({
  name: 'silu-is-x-times-sigmoid',
  says: 'silu(x; α) is x σ(αx)',
  op: silu,
  ways: {
    silu: own(silu),
    'x σ(αx)': calculate(([x, s]) => x!.times(s!), x, ask(sigmoid, scaled)),
  },
});
