/**
 *     silu(x) − silu(−x) = x
 */
import { silu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const mirrored = calculate(([x]) => x!.neg(), x);
const ofMirrored = ask(silu, mirrored, (given) => given);

export const { certified, law } = severalWays({
  name: 'silu-minus-its-mirror-is-x',
  says: 'silu(x) − silu(−x) is x',
  op: silu,
  ways: {
    x,
    'silu(x) − silu(−x)': calculate(([y, z]) => y!.minus(z!), own(silu), ofMirrored),
  },
});
