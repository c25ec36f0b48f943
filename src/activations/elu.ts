/**
 * # ELU: exponential linear unit
 *
 *     elu(x) = x where x > 0, else α (eˣ − 1)
 *     elu′(x) = 1 where x > 0, else α eˣ
 */
import { elementwise } from '../elementwise.ts';
import { constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { expm1 } from '../math/expm1.ts';
import { number } from '../parameters.ts';
import { REACH } from './sigmoid.ts';

const parameters = ['alpha'] as const;

export const eluKernels = {
  value: kernelOf(
    'elu',
    (x, precise, { alpha }) => x.ifLess(0, expm1(x.max(-REACH).min(0), precise).times(alpha), x),
    { parameters },
  ),
  slope: kernelOf(
    'elu′',
    (x, precise, { alpha }) =>
      constant(0).ifLess(x, 1, exp(x.max(-REACH).min(0), precise).times(alpha)),
    { parameters },
  ),
};

export const elu = elementwise({
  id: 'elu',
  parameters: { alpha: number({ default: 1, min: -(2 ** 20), max: 2 ** 20 }) },
  kernels: eluKernels,
});
