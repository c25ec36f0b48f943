/**
 * # Log-cosh loss
 *
 *     ℓ(x, t) = |d| + ln(1 + e^−2|d|) − ln 2        d = x − t
 *     ∂ℓ/∂x = tanh d,   ∂ℓ/∂t = −∂ℓ/∂x
 *
 * Below |d| = 1 it is ln(1 + m²/(2 (1 + m))), where m = e^−|d| − 1, so that it keeps its digits.
 */
import { elementKernels, elementLoss } from '../element-loss.ts';
import { constant } from '../kernel/expression.ts';
import { expm1 } from '../math/expm1.ts';
import { LN2, log1pUnit } from '../math/log1p.ts';

/** e^−40 is nothing beside 1, and 1 − e^−80 is 1. */
const REACH = 40;

const logCoshLossKernels = elementKernels('log-cosh-loss', (x, t) => {
  const d = x.minus(t);
  const size = d.abs();
  const m = expm1(size.min(REACH).neg(), false);
  const e = m.plus(1);
  const near = m.times(m).div(e.times(2));
  const bend = log1pUnit(size.ifLess(1, near, e.times(e)), false);
  // e^−2|d| − 1
  const double = m.times(m.plus(2));
  const slope = double.div(double.plus(2)).withSignOf(d);
  return {
    loss: size.ifLess(1, bend, size.minus(constant(...LN2)).plus(bend)),
    slopes: { input: slope, target: slope.neg() },
  };
});

export const logCoshLoss = elementLoss({
  id: 'log-cosh-loss',
  parameters: {},
  kernels: logCoshLossKernels,
});
