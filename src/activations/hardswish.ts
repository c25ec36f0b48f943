/**
 * # Hardswish
 *
 *     hardswish(x) = x·min(max(x + 3, 0), 6)/6
 *     hardswish′(x) = 0 where x ≤ −3, 1 where x ≥ 3, else x/3 + ½ = (2x + 3)/6
 *
 * At −∞ the value is −0, as it is from −3 on.
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

export const hardswishKernels = {
  value: kernelOf('hardswish', (x) => x.max(-3).times(x.plus(3).max(0).min(6)).div(6)),
  slope: kernelOf('hardswish′', (x) => {
    const inside = x.times(2).plus(3).div(6);
    return constant(-3).ifLess(x, x.ifLess(3, inside, 1), always(0, x));
  }),
};

export const hardswish = elementwise({
  id: 'hardswish',
  parameters: {},
  kernels: hardswishKernels,
});
