/**
 * # Softplus
 *
 *     softplus(x) = ln(1 + e^βx)/β = max(x, 0) + ln(1 + e^−|βx|)/β
 *     softplus′(x) = σ(βx)
 *
 * Where βx > threshold, compared exactly, it is x and its slope 1. βx is exact, too: it is the sum
 * of two products. β = 1 without threshold has faster kernels.
 */
import { elementwise } from '../elementwise.ts';
import { twoProduct } from '../kernel/double.ts';
import { constant, type Expression } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exactSum } from '../math/exact-sum.ts';
import { exp } from '../math/exp.ts';
import { lastFloat } from '../math/last-float.ts';
import { log1pUnit } from '../math/log1p.ts';
import { parts } from '../math/parts.ts';
import { number } from '../parameters.ts';
import { REACH, sigmoidKernels } from './sigmoid.ts';

interface Params {
  readonly beta: number;
  readonly threshold: number;
}

/** ln(1 + eˣ) as an expression. */
export const softplusOf = (x: Expression, precise: boolean): Expression =>
  log1pUnit(exp(x.abs().min(REACH).neg(), precise).ahead(), precise).plus(x.max(0));

const plain = { value: kernelOf('softplus', softplusOf), slope: sigmoidKernels.value };

/** β = high + low; x is cut off at ±reach, and `last` is the largest x that is not linear. */
const scaled = {
  value: kernelOf(
    'softplus of βx',
    (x, precise, { beta, high, low, reach, last }) => {
      const cut = x.abs().min(reach).neg();
      const z = exp(cut.times(high), precise, cut.times(low));
      const smooth = log1pUnit(z, precise).div(beta).plus(x.max(0));
      return last.ifLess(x, x, smooth);
    },
    { parameters: ['beta', 'high', 'low', 'reach', 'last'] },
  ),
  slope: kernelOf(
    'softplus′ of βx',
    (x, precise, { high, low, reach, last }) => {
      const cut = x.min(reach).max(reach.neg()).neg();
      const smooth = constant(1).div(exp(cut.times(high), precise, cut.times(low)).plus(1));
      return last.ifLess(x, 1, smooth);
    },
    { parameters: ['high', 'low', 'reach', 'last'] },
  ),
};

export const softplusKernels = { plain, scaled };

/** Whether βx > threshold, although the product may be rounded. */
const isLinear = (x: number, { beta, threshold }: Params): boolean =>
  exactSum([...twoProduct(beta, x), -threshold]) > 0;

export const softplusConstants = (params: Params) => ({
  ...{ beta: params.beta, ...parts(params.beta), reach: Math.fround(REACH / params.beta) },
  last: lastFloat((x) => !isLinear(x, params)),
});

export const softplus = elementwise<Params>({
  id: 'softplus',
  parameters: {
    beta: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }),
    threshold: number({ default: Infinity, min: -Infinity, max: Infinity }),
  },
  kernels: softplusKernels,
  which: ({ beta, threshold }) => (beta === 1 && threshold === Infinity ? 'plain' : 'scaled'),
  constants: softplusConstants,
});
