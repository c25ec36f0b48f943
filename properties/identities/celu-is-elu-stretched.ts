/**
 *     celu(x; α) = α elu(x / α)
 *
 * With α < 0, which is not drawn, it is not: x / α has the other sign, and with it the other branch.
 */
import { celu, elu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const stretched = calculate(([x], { alpha }) => x!.div(alpha!), x);

export const { certified, law } = severalWays({
  name: 'celu-is-elu-stretched',
  says: 'celu(x; α) is α elu(x / α)',
  op: celu,
  ways: {
    celu: own(celu),
    'α elu(x / α)': calculate(([y], { alpha }) => y!.times(alpha!), ask(elu, stretched)),
  },
});
