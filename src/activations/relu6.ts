/**
 * # ReLU6
 *
 *     relu6(x) = min(max(x, 0), 6),     relu6′(x) = [0 < x < 6]
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

export const relu6Kernels = {
  value: kernelOf('relu6', (x) => x.max(0).min(6), { isExact: true }),
  slope: kernelOf(
    'relu6′',
    (x) => constant(0).ifLess(x, x.ifLess(6, 1, always(0, x)), always(0, x)),
    { isExact: true },
  ),
};

export const relu6 = elementwise({ id: 'relu6', parameters: {}, kernels: relu6Kernels });
