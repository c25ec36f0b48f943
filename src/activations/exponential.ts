/**
 * # Exponential
 *
 *     exponential(x) = eˣ, and so is its slope
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { REACH } from './sigmoid.ts';

const power = kernelOf('exponential', (x, precise) => exp(x.max(-REACH).min(REACH), precise));

export const exponentialKernels = { value: power, slope: power };

export const exponential = elementwise({
  id: 'exponential',
  parameters: {},
  kernels: exponentialKernels,
});
