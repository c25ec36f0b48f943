/**
 * # Soft cap
 *
 *     softCap(x) = c tanh(x/c)          c = cap
 *     softCap′(x) = 4z/(1 + z)²,   z = e^−2|x/c|
 *
 * A rounded x/c moves z by too much: there x/c is the sum of products with three parts of 1/c. It
 * moves e²ˣ in tanh by up to 44·2⁻⁵³, where tanh hardly feels it; as proofs do not see that, errors
 * are relative to 16 times the value.
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { reciprocal } from '../math/parts.ts';
import { number } from '../parameters.ts';
import { REACH } from './sigmoid.ts';
import { hyperbolicTangent } from './tanh.ts';

const softCapKernels = {
  value: kernelOf(
    'soft-cap',
    (x, precise, { cap }) => {
      const value = hyperbolicTangent(x.div(cap), precise).times(cap);
      return { value, scale: value.times(16) };
    },
    { parameters: ['cap'] },
  ),
  slope: kernelOf(
    'soft-cap′',
    (x, precise, { high, low, rest, reach }) => {
      const cut = x.abs().min(reach).times(-2);
      const small = cut.times(low).plus(cut.times(rest));
      const z = exp(cut.times(high), precise, small);
      const s = z.plus(1);
      return z.div(s.times(s)).times(4);
    },
    { parameters: ['high', 'low', 'rest', 'reach'] },
  ),
};

const softCapConstants = ({ cap }: { readonly cap: number }) => ({
  ...{ cap, ...reciprocal(cap), reach: Math.fround((REACH / 2) * cap) },
});

export const softCap = elementwise({
  id: 'soft-cap',
  parameters: { cap: number({ default: 30, min: 2 ** -20, max: 2 ** 20 }) },
  kernels: softCapKernels,
  constants: softCapConstants,
});
