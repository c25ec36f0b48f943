/**
 * # Shrink
 *
 *     shrink(x) = x − bias where x > lambd, x + bias where x < −lambd, else 0
 *     shrink′(x) = [|x| > lambd]
 *
 * With bias = lambd = 0 it is the identity, and its slope 1 at 0 too.
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';
import { hardshrinkKernels } from './hardshrink.ts';

export const shrinkKernels = {
  value: kernelOf(
    'shrink',
    (x, _, { lambd, bias }) =>
      lambd.ifLess(x, x.minus(bias), x.ifLess(lambd.neg(), x.plus(bias), always(0, x))),
    { parameters: ['lambd', 'bias'] },
  ),
  slope: hardshrinkKernels.slope,
};

export const shrink = elementwise({
  id: 'shrink',
  parameters: { bias: number({ default: 0 }), lambd: number({ default: 0.5, min: 0 }) },
  kernels: shrinkKernels,
  constants: ({ bias, lambd }) => ({ bias, lambd, flat: lambd === 0 && bias === 0 ? -1 : lambd }),
});
