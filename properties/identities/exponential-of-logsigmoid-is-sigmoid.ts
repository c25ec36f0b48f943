/**
 *     e^(log σ(x)) = σ(x)
 */
import { exponential, logsigmoid, sigmoid } from '../../spec/index.ts';
import { ask, severalWays } from '../several-ways.ts';

export const { certified, law } = severalWays({
  name: 'exponential-of-logsigmoid-is-sigmoid',
  says: 'e^(log σ(x)) is σ(x)',
  op: exponential,
  ways: { sigmoid: ask(sigmoid), 'e^(log σ(x))': ask(exponential, ask(logsigmoid)) },
});
