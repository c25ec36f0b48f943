/**
 * # ReLU: rectified linear unit
 *
 *     relu(x) = max(x, 0),     relu′(x) = [x > 0]
 *
 * relu(−0) is −0, and the slope at ±0 is 0. NaN stays NaN, and so does its slope.
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';

export const reluKernels = {
  value: kernelOf('relu', (x) => x.max(0), { isExact: true }),
  slope: kernelOf('relu′', (x) => constant(0).ifLess(x, 1, always(0, x)), { isExact: true }),
};

export const relu = elementwise({ id: 'relu', parameters: {}, kernels: reluKernels });
