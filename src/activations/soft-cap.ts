/**
 * # Soft cap
 *
 *     softCap(x) = c tanh(x/c)          c = cap
 *     softCap′(x) = 4z/(1 + z)²,   z = e^−2|x/c|
 *
 * A rounded x/c moves tanh by little, but z by too much: there x/c is the sum of products with three
 * parts of 1/c.
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { reciprocal } from '../math/parts.ts';
import { number } from '../parameters.ts';
import { REACH } from './sigmoid.ts';
import { hyperbolicTangent } from './tanh.ts';

export const softCapKernels = {
  value: kernelOf(
    'soft-cap',
    (x, precise, { cap }) => hyperbolicTangent(x.div(cap), precise).times(cap),
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

export const softCapConstants = ({ cap }: { readonly cap: number }) => ({
  ...{ cap, ...reciprocal(cap), reach: Math.fround((REACH / 2) * cap) },
});

export const softCap = elementwise({
  id: 'soft-cap',
  parameters: { cap: number({ default: 30, min: 2 ** -20, max: 2 ** 20 }) },
  kernels: softCapKernels,
  constants: softCapConstants,
});
