/**
 * # Softplus
 *
 *     softplus(x) = ln(1 + e^βx)/β = max(x, 0) + ln(1 + e^−|βx|)/β
 *     softplus′(x) = σ(βx)
 *
 * Where βx > threshold, compared exactly, it is x and its slope 1. β = 1 has SIMD kernels.
 */
import { elementwise, functionOf, type Slope, slopeOf } from '../elementwise.ts';
import { twoProduct } from '../kernel/double.ts';
import type { Expression } from '../kernel/expression.ts';
import { roundedFunction } from '../kernel/one.ts';
import { kernelOf, type Run } from '../kernel/rounded.ts';
import { exp } from '../math/exp.ts';
import { log1pUnit } from '../math/log1p.ts';
import { number } from '../parameters.ts';
import { logistic, REACH, sigmoidKernels } from './sigmoid.ts';

interface Params {
  readonly beta: number;
  readonly threshold: number;
}

/** ln(1 + e^−|x|) as an expression. */
const bend = (x: Expression, precise: boolean): Expression =>
  log1pUnit(exp(x.abs().min(REACH).neg(), precise).ahead(), precise);

/** ln(1 + eˣ) as an expression. */
export const softplusOf = (x: Expression, precise: boolean): Expression =>
  bend(x, precise).plus(x.max(0));

export const softplusKernels = {
  value: kernelOf('softplus', softplusOf),
  slope: sigmoidKernels.value,
};
const plainValue = functionOf(softplusKernels.value)();
const plainSlope = slopeOf(softplusKernels.slope)();

/** βx may be rounded, which moves e^−|βx| by up to REACH·2⁻⁵³ of itself. */
export const SCALED = 2 ** -44;

export const scaledKernels = (beta: number) => ({
  value: kernelOf('softplus', (x, precise) =>
    bend(x.times(beta), precise).div(beta).plus(x.max(0)),
  ),
  slope: kernelOf('softplus′', (x, precise) => logistic(x.times(beta), precise)),
});

interface Scaled {
  readonly beta: number;
  readonly value: (x: number) => number;
  readonly slope: (x: number, factor?: number) => number;
}

function readScaled(beta: number): Scaled {
  const { value, slope } = scaledKernels(beta);
  return { beta, value: roundedFunction(value, SCALED), slope: roundedFunction(slope, SCALED) };
}

/** The one in use: it takes a millisecond to compile. */
let latest = readScaled(1);
const scaledBy = (beta: number): Scaled => {
  if (latest.beta !== beta) latest = readScaled(beta);
  return latest;
};

/** Whether βx > threshold, although the product may be rounded. */
function isLinear(x: number, { beta, threshold }: Params): boolean {
  if (threshold === Infinity || !Number.isFinite(x)) return beta * x > threshold;
  const [product, rest] = twoProduct(beta, x);
  return product > threshold || (product === threshold && rest > 0);
}

function value(params: Params): Run {
  if (params.beta === 1 && params.threshold === Infinity) return plainValue;
  const smooth = scaledBy(params.beta).value;
  return (x, y) => {
    for (let i = 0; i < x.length; i++) y[i] = isLinear(x[i]!, params) ? x[i]! : smooth(x[i]!);
  };
}

function slope(params: Params): Slope {
  if (params.beta === 1 && params.threshold === Infinity) return plainSlope;
  const smooth = scaledBy(params.beta).slope;
  const at = (x: number, cotangent: number): number =>
    isLinear(x, params) ? cotangent : smooth(x, cotangent);
  return {
    ones(x, y) {
      for (let i = 0; i < x.length; i++) y[i] = at(x[i]!, 1);
    },
    times(x, cotangent, y) {
      for (let i = 0; i < x.length; i++) y[i] = at(x[i]!, cotangent[i]!);
    },
  };
}

export const softplus = elementwise({
  id: 'softplus',
  parameters: {
    beta: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }),
    threshold: number({ default: Infinity, min: -Infinity, max: Infinity }),
  },
  value,
  slope,
});
