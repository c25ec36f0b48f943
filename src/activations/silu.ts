/**
 * # SiLU: sigmoid linear unit, also swish
 *
 *     silu(x) = x σ(αx)
 *     silu′(x) = σ(αx) + αx σ(αx) σ(−αx)
 *
 * The slope is 0 at αx = −1.278…, where the two terms cancel. At −∞ both are their limit, −0. αx is
 * exact: it is the sum of two products. α = 1 has faster kernels.
 */
import { elementwise } from '../elementwise.ts';
import type { Expression } from '../kernel/expression.ts';
import { cancelling, kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { parts } from '../math/parts.ts';
import { number } from '../parameters.ts';
import { decay, logistic, logisticAndBump, REACH } from './sigmoid.ts';

const plain = {
  value: kernelOf('silu', (x, precise) => x.max(-REACH).times(logistic(x, precise))),
  slope: kernelOf('silu′', (x, precise) => {
    const { logistic, bump } = logisticAndBump(x, decay(x, precise));
    return cancelling(logistic, x.min(REACH).max(-REACH).times(bump));
  }),
};

/** α = high + low; x is cut off at ±reach. */
type Scale = Readonly<Record<'high' | 'low' | 'reach', Expression>>;
const parameters = ['alpha', 'high', 'low', 'reach'] as const;

/** σ and σ′ at αx. */
function gates(x: Expression, precise: boolean, { high, low, reach }: Scale) {
  const cut = x.abs().min(reach).neg();
  return logisticAndBump(x, exp(cut.times(high), precise, cut.times(low)));
}

const scaled = {
  value: kernelOf(
    'silu of αx',
    (x, precise, p) => x.max(p.reach.neg()).times(gates(x, precise, p).logistic),
    { parameters },
  ),
  slope: kernelOf(
    'silu′ of αx',
    (x, precise, p) => {
      const { logistic, bump } = gates(x, precise, p);
      const { alpha, reach } = p;
      return cancelling(logistic, x.min(reach).max(reach.neg()).times(alpha).times(bump));
    },
    { parameters },
  ),
};

export const siluKernels = { plain, scaled };

export const siluConstants = ({ alpha }: { readonly alpha: number }) => ({
  ...{ alpha, ...parts(alpha), reach: Math.fround(REACH / alpha) },
});

export const silu = elementwise({
  id: 'silu',
  parameters: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }) },
  kernels: ({ alpha }) => (alpha === 1 ? plain : scaled),
  constants: siluConstants,
});
