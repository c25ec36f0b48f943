/**
 *     selu(x) = λ elu(x) where x > 0, and λα elu(x) elsewhere
 *
 * Not λ elu(x; α): α is a decimal, and no parameter can be that.
 */
import { LAMBDA, LAMBDA_ALPHA } from '../../spec/activations/selu.ts';
import { elu, selu } from '../../spec/index.ts';
import { ask, calculate, own, severalWays } from '../several-ways.ts';

export const { certified, law } = severalWays({
  name: 'selu-is-elu-scaled',
  says: 'selu(x) is elu(x) times λ, or λα where x < 0',
  op: selu,
  ways: {
    selu: own(selu),
    'λ(α) elu(x)': calculate(([y]) => y!.times(y!.gt(0) ? LAMBDA : LAMBDA_ALPHA), ask(elu)),
  },
});
