/**
 * # ln x for x > 0
 *
 *     x = 2ᵏ·m,  ½√2 ≤ m < √2       ln x = k ln 2 + ln m
 *     t = (m − 1)/(m + 1)           ln m = 2 artanh t = t·A(t²), as in log1p.ts
 *
 * Next to 1, where k = 0, m − 1 is exact, so that ln x keeps its digits. For k ≠ 0 the second term
 * is at most half of the first. For normal float64, which all float32 are. Error:
 * test/src/error.test.ts.
 */
import { constant, type Expression } from '../kernel/expression.ts';
import { artanhTwice, LN2 } from './log1p.ts';

/** √2 as a float32, so that no float32 has its mantissa between the two. */
const ROOT = Math.fround(Math.SQRT2);

/** m and k. */
function reduced(x: Expression) {
  const k = x.exponent();
  const m = x.mantissa(k);
  return {
    near: m.ifLess(ROOT, m, m.times(0.5)),
    steps: m.ifLess(ROOT, k, k.plus(1)),
  };
}

/** `staged` computes the quotient ahead, for loops in which little else is computed. */
export function log(x: Expression, precise = true, staged = false): Expression {
  const { near, steps } = reduced(x);
  const t = near.minus(1).div(near.plus(1));
  return artanhTwice(staged ? t.ahead() : t, precise).plus(steps.times(constant(...LN2)));
}

/**
 * ln(1 − x) for 0 < x < 1. Below ½, where 1 − x may be rounded, it is 2 artanh(−x/(2 − x)); in both
 * cases |t| ≤ ⅓.
 */
export function logOfComplement(x: Expression, precise = true): Expression {
  const { near, steps } = reduced(constant(1).minus(x));
  const above = x.ifLess(0.5, x.neg(), near.minus(1));
  const below = x.ifLess(0.5, constant(2).minus(x), near.plus(1));
  const whole = x.ifLess(0.5, 0, steps.times(constant(...LN2)));
  return artanhTwice(above.div(below), precise).plus(whole);
}
