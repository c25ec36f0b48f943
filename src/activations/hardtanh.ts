/**
 * # Hardtanh
 *
 *     hardtanh(x) = min(max(x, minVal), maxVal),     hardtanh′(x) = [minVal < x < maxVal]
 */
import { elementwise } from '../elementwise.ts';
import { always } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

const bounded = { parameters: ['minVal', 'maxVal'], isExact: true } as const;

export const hardtanhKernels = {
  value: kernelOf('hardtanh', (x, _, { minVal, maxVal }) => x.max(minVal).min(maxVal), bounded),
  slope: kernelOf(
    'hardtanh′',
    (x, _, { minVal, maxVal }) => minVal.ifLess(x, x.ifLess(maxVal, 1, always(0, x)), always(0, x)),
    bounded,
  ),
};

export const hardtanh = elementwise({
  id: 'hardtanh',
  parameters: { minVal: number({ default: -1 }), maxVal: number({ default: 1 }) },
  refuse({ minVal, maxVal }) {
    if (minVal <= maxVal) return;
    throw new RangeError(`hardtanh: minVal is ${minVal} but should be at most maxVal = ${maxVal}`);
  },
  kernels: hardtanhKernels,
});
