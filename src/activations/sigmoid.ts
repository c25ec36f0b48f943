/**
 * # Sigmoid: the logistic function
 *
 *     σ(x) = 1/(1 + e⁻ˣ)
 *     σ′(x) = σ(x) σ(−x) = z/(1 + z)²,   z = e^−|x|
 *
 * Results are rounded to 0 or 1 far before the clamp, which keeps the exponent in range and leaves
 * room for a cotangent of any size.
 */
import { elementwise } from '../elementwise.ts';
import { constant, type Expression } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';

/** e^−250 times the largest float32 is far below the smallest. */
export const REACH = 250;

/** σ as an expression. */
export const logistic = (x: Expression, precise: boolean): Expression =>
  constant(1).div(exp(x.min(REACH).max(-REACH).neg().ahead(), precise).plus(1).ahead());

/** z/(1 + z)² with z = e^−|x|, |x| cut off at REACH. */
export function bump(x: Expression, precise: boolean): Expression {
  const z = exp(x.abs().min(REACH).neg().ahead(), precise).ahead();
  const s = z.plus(1);
  return z.div(s.times(s));
}

/** e^−|x| */
export const decay = (x: Expression, precise: boolean): Expression =>
  exp(x.abs().min(REACH).neg(), precise);

/** σ and σ′ at one x, which share most of the work; z = e^−|x|. */
export function logisticAndBump(x: Expression, z: Expression) {
  const most = constant(1).div(z.plus(1));
  const least = z.times(most);
  return { logistic: x.ifLess(0, least, most), bump: least.times(most) };
}

export const sigmoidKernels = {
  value: kernelOf('sigmoid', logistic),
  slope: kernelOf('sigmoid′', bump),
};

export const sigmoid = elementwise({
  id: 'sigmoid',
  parameters: {},
  kernels: sigmoidKernels,
});
