/**
 * # Hard sigmoid
 *
 *     hardsigmoid(x) = min(max(x + 3, 0), 6)/6,     hardsigmoid′(x) = [−3 < x < 3]/6
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

export const hardsigmoidKernels = {
  value: kernelOf('hardsigmoid', (x) => x.max(-3).min(3).plus(3).div(6)),
  slope: kernelOf('hardsigmoid′', (x) => {
    const sixth = constant(1).div(6);
    return constant(-3).ifLess(x, x.ifLess(3, sixth, always(0, x)), always(0, x));
  }),
};

export const hardsigmoid = elementwise({
  id: 'hardsigmoid',
  parameters: {},
  kernels: hardsigmoidKernels,
});
