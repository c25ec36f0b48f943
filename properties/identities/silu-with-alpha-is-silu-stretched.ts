/**
 *     silu(x; α) = silu(αx) / α
 */
import { silu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const scaled = calculate(([x], { alpha }) => x!.times(alpha!), x);

export const { certified, law } = severalWays({
  name: 'silu-with-alpha-is-silu-stretched',
  says: 'silu(x; α) is silu(αx) / α',
  op: silu,
  ways: {
    'silu(x; α)': own(silu),
    'silu(αx) / α': calculate(([y], { alpha }) => y!.div(alpha!), ask(silu, scaled)),
  },
});
