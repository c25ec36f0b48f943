/**
 * # SiLU: sigmoid linear unit, also swish
 *
 *     silu(x) = x σ(x)
 *     silu′(x) = σ(x) + x σ(x) σ(−x)
 *
 * The slope is 0 at x = −1.278…, where the two terms cancel. At −∞ both are their limit, −0.
 */
import { elementwise } from '../elementwise.ts';
import { cancelling, kernelOf } from '../kernel/kernel.ts';
import { logistic, logisticAndBump, REACH } from './sigmoid.ts';

export const siluKernels = {
  value: kernelOf('silu', (x, precise) => x.max(-REACH).times(logistic(x, precise))),
  slope: kernelOf('silu′', (x, precise) => {
    const { logistic, bump } = logisticAndBump(x, precise);
    return cancelling(logistic, x.min(REACH).max(-REACH).times(bump));
  }),
};

export const silu = elementwise({ id: 'silu', parameters: {}, kernels: siluKernels });
