/**
 * # Softsign
 *
 *     softsign(x) = x/(1 + |x|),     softsign′(x) = 1/(1 + |x|)²
 *
 * The limits at ±∞ are ±1 and 0.
 */
import { elementwise } from '../elementwise.ts';
import { constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

/** Beyond all float32: there the result is ±1, and the slope 0 whatever it is multiplied by. */
const FAR = 2 ** 200;

export const softsignKernels = {
  value: kernelOf('softsign', (x) => {
    const near = x.max(-FAR).min(FAR);
    return near.div(near.abs().plus(1));
  }),
  slope: kernelOf('softsign′', (x) => {
    const s = x.abs().min(FAR).plus(1);
    return constant(1).div(s.times(s));
  }),
};

export const softsign = elementwise({ id: 'softsign', parameters: {}, kernels: softsignKernels });
