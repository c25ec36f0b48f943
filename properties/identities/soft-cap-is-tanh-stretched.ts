/**
 *     softCap(x) = cap · tanh(x / cap)
 */
import { softCap, tanh } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const stretched = calculate(([x], { cap }) => x!.div(cap!), x);

export const { certified, law } = severalWays({
  name: 'soft-cap-is-tanh-stretched',
  says: 'softCap(x) is cap · tanh(x / cap)',
  op: softCap,
  ways: {
    'soft-cap': own(softCap),
    'cap · tanh(x / cap)': calculate(([t], { cap }) => t!.times(cap!), ask(tanh, stretched)),
  },
});
