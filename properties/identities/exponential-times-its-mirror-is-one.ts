/**
 *     e^x · e^−x = 1
 *
 * As long as neither factor overflows or is 0.
 */
import { exponential } from '../../spec/index.ts';
import { real } from '../../spec/real.ts';
import { bounded } from '../identity.ts';
import { ask, calculate, own, severalWays, x } from '../several-ways.ts';

const mirrored = ask(
  exponential,
  calculate(([x]) => x!.neg(), x),
);

export const { certified, law } = severalWays({
  name: 'exponential-times-its-mirror-is-one',
  says: 'e^x · e^−x is 1',
  op: exponential,
  cases: bounded(exponential),
  ways: {
    '1': calculate(() => real(1), x),
    'e^x · e^−x': calculate(([y, z]) => y!.times(z!), own(exponential), mirrored),
  },
});
