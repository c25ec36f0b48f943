/**
 * # Hardshrink
 *
 *     hardshrink(x) = x where |x| > lambd, else 0,     hardshrink′(x) = [|x| > lambd]
 *
 * With lambd = 0 it is the identity, and its slope 1 at 0 too.
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

export const hardshrinkKernels = {
  value: kernelOf('hardshrink', (x, _, { lambd }) => lambd.ifLess(x.abs(), x, always(0, x)), {
    parameters: ['lambd'],
    isExact: true,
  }),
  slope: kernelOf('hardshrink′', (x, _, { flat }) => flat.ifLess(x.abs(), 1, always(0, x)), {
    ...{ parameters: ['flat'], isExact: true },
  }),
};

export const hardshrink = elementwise({
  id: 'hardshrink',
  parameters: { lambd: number({ default: 0.5, min: 0 }) },
  kernels: hardshrinkKernels,
  constants: ({ lambd }) => ({ lambd, flat: lambd === 0 ? -1 : lambd }),
});
