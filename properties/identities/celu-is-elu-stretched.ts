/**
 *     celu(x; α) = α elu(x / α)
 *
 * With α < 0 it is not: x / α has the other sign, and with it the other branch.
 */
import { celu, elu } from '../../spec/index.ts';
import { everyday } from '../identity.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const stretched = calculate(([x], { alpha }) => x!.div(alpha!), x);

export const { certified, law } = severalWays({
  name: 'celu-is-elu-stretched',
  says: 'celu(x; α) is α elu(x / α)',
  op: celu,
  cases: everyday(celu).map((c) => ({
    ...c,
    settings: { alpha: Math.abs(c.settings.alpha as number) },
  })),
  ways: {
    celu: own(celu),
    'α elu(x / α)': calculate(([y], { alpha }) => y!.times(alpha!), ask(elu, stretched)),
  },
});
