/**
 * # CELU: continuously differentiable ELU
 *
 *     celu(x) = x where x > 0, else α (e^(x/α) − 1)
 *     celu′(x) = 1 where x > 0, else e^(x/α)
 *
 * A rounded x/α moves e^(x/α) − 1 by little, but e^(x/α) by too much: there x/α is the sum of
 * products with three parts of 1/α.
 */
import { elementwise } from '../elementwise.ts';
import { constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { expm1 } from '../math/expm1.ts';
import { reciprocal } from '../math/parts.ts';
import { number } from '../parameters.ts';
import { REACH } from './sigmoid.ts';

export const celuKernels = {
  value: kernelOf(
    'celu',
    (x, precise, { alpha, reach }) => {
      const t = x.max(reach.neg()).min(0).div(alpha);
      return x.ifLess(0, expm1(t, precise).times(alpha), x);
    },
    { parameters: ['alpha', 'reach'] },
  ),
  slope: kernelOf(
    'celu′',
    (x, precise, { high, low, rest, reach }) => {
      const cut = x.max(reach.neg()).min(0);
      const small = cut.times(low).plus(cut.times(rest));
      return constant(0).ifLess(x, 1, exp(cut.times(high), precise, small));
    },
    { parameters: ['high', 'low', 'rest', 'reach'] },
  ),
};

export const celuConstants = ({ alpha }: { readonly alpha: number }) => ({
  ...{ alpha, ...reciprocal(alpha), reach: Math.fround(REACH * alpha) },
});

export const celu = elementwise({
  id: 'celu',
  parameters: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }) },
  kernels: celuKernels,
  constants: celuConstants,
});
