/**
 *     gelu(x) − gelu(−x) = x
 */
import { gelu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const mirrored = calculate(([x]) => x!.neg(), x);
const ofMirrored = ask(gelu, mirrored, (given) => given);

export const { certified, law } = severalWays({
  name: 'gelu-minus-its-mirror-is-x',
  says: 'gelu(x) − gelu(−x) is x',
  op: gelu,
  ways: {
    x,
    'gelu(x) − gelu(−x)': calculate(([y, z]) => y!.minus(z!), own(gelu), ofMirrored),
  },
});
