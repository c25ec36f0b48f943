/**
 * # Log-cosh loss
 *
 *     ln cosh d = ln(1 + m²/(2 (1 + m))) where |d| < 1, else |d| + ln(1 + e^−2|d|) − ln 2
 *
 * with d = x − t and m = e^−|d| − 1: the second sum loses its digits near 0.
 */
import { type Composition, reduced } from './composition.ts';
import {
  abs,
  add,
  div,
  exp,
  expm1,
  greater,
  input,
  log1p,
  mul,
  neg,
  real,
  sub,
  where,
} from './expression.ts';

export const logCoshLoss: Composition = (asked) => {
  const size = abs(sub(input('input'), input('target')));
  const m = expm1(neg(size));
  const near = div(mul(m, m), mul(real(2), add(real(1), m)));
  const far = exp(mul(real(-2), size));
  const isNear = greater(real(1), size);
  const bend = log1p(where(isNear, near, far));
  return reduced(add(where(isNear, real(0), sub(size, real(Math.LN2))), bend), asked);
};
