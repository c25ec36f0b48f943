/**
 * # Softshrink
 *
 *     softshrink(x) = x − lambd where x > lambd, x + lambd where x < −lambd, else 0
 *     softshrink′(x) = [|x| > lambd]
 *
 * With lambd = 0 it is the identity, and its slope 1 at 0 too.
 */
import { elementwise } from '../elementwise.ts';
import { number } from '../parameters.ts';
import { hardshrinkKernels } from './hardshrink.ts';
import { shrinkKernels } from './shrink.ts';

export const softshrink = elementwise({
  id: 'softshrink',
  parameters: { lambd: number({ default: 0.5, min: 0 }) },
  kernels: { value: shrinkKernels.value, slope: hardshrinkKernels.slope },
  constants: ({ lambd }) => ({ lambd, bias: lambd, flat: lambd === 0 ? -1 : lambd }),
});
