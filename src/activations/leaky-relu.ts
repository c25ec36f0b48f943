/**
 * # Leaky ReLU
 *
 *     leaky-relu(x) = x where x > 0, else a·x        a = negativeSlope
 *     leaky-relu′(x) = 1 where x > 0, else a
 *
 * With a = 0 it is −0 for all x below 0, −∞ among them.
 */
import { elementwise } from '../elementwise.ts';
import { always, constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { isShort } from '../math/parts.ts';
import { number } from '../parameters.ts';

const isExact = (params: { readonly negativeSlope: number }) => isShort(params.negativeSlope);

export const leakyReluKernels = {
  value: kernelOf(
    'leaky-relu',
    (x, _, { negativeSlope, least }) => constant(0).ifLess(x, x, x.max(least).times(negativeSlope)),
    { parameters: ['negativeSlope', 'least'], isExact },
  ),
  slope: kernelOf(
    'leaky-relu′',
    (x, _, { negativeSlope }) => constant(0).ifLess(x, 1, negativeSlope.plus(always(0, x))),
    { parameters: ['negativeSlope'], isExact },
  ),
};

export const leakyRelu = elementwise({
  id: 'leaky-relu',
  parameters: { negativeSlope: number({ default: 0.01 }) },
  kernels: leakyReluKernels,
  constants: ({ negativeSlope }) => ({
    negativeSlope,
    least: negativeSlope === 0 ? -Number.MAX_VALUE : -Infinity,
  }),
});
