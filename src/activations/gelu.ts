/**
 * # GELU: Gaussian error linear unit
 *
 *     gelu(x) = x Φ(x)                       approximate: 'none'
 *     gelu(x) = x σ(2u)                      approximate: 'tanh'
 *     u = √(2/π) (x + 0.044715 x³)
 *
 * x σ(2u) is x (1 + tanh u)/2. The slopes are 0 at −0.7518 and −0.7525. At −∞ value and slope are
 * their limit, −0.
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import type { LocalSeries } from '../kernel/local.ts';
import { gated, slopeOfGated } from '../math/gate.ts';
import { gateSeries, gateSlopeSeries } from '../math/gelu-tanh.ts';
import { normalSeries, slopeSeries } from '../math/normal.ts';
import { choice } from '../parameters.ts';

const kernelsOf = (name: string, gate: LocalSeries, slope: LocalSeries) => ({
  value: kernelOf(name, (x, precise) => gated(gate, x, precise)),
  slope: kernelOf(`${name}′`, (x, precise) => slopeOfGated(slope, x, precise)),
});

export const geluKernels = {
  none: kernelsOf('gelu', normalSeries, slopeSeries),
  tanh: kernelsOf('gelu-tanh', gateSeries, gateSlopeSeries),
};

export const gelu = elementwise({
  id: 'gelu',
  parameters: { approximate: choice('none', 'tanh') },
  kernels: ({ approximate }) => geluKernels[approximate],
});
