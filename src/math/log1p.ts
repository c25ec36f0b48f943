/**
 * # ln(1 + x) for x ≥ 0
 *
 *     1 + x = 2ᵏ·(1 + u),  0 ≤ u < 1      ln(1 + x) = k ln 2 + ln(1 + u)
 *     t = u/(2 + u)                        ln(1 + u) = 2 artanh t = t·A(t²)
 *
 * with A(z) = 2 artanh(√z)/√z as a polynomial on 0 ≤ z ≤ 1/9. Both terms are positive: nothing
 * cancels. For x < 1, u is x itself, so that a small x is not lost in 1 + x.
 */
import { approximate, constant, type Expression } from '../kernel/expression.ts';
import { ratio } from '../kernel/series.ts';

const series = {
  name: '2 artanh(√z)/√z',
  coefficient: (i: number) => ratio(2, 2 * i + 1),
  from: 0,
  to: 0.1112,
};

/** By Remez exchange: 2⁻⁴³·⁸ and 2⁻⁵⁹·⁵ of A, before rounding. */
const FAST = [
  1.9999999999998683, 0.6666666668169421, 0.3999999719075682, 0.28571628112802877,
  0.22215292172792958, 0.183115078330785, 0.14060926226201215, 0.20094076253547313,
];
const PRECISE = [
  2, 0.6666666666666613, 0.4000000000019218, 0.28571428544693905, 0.2222222412630199,
  0.18181739265821584, 0.15386646820264455, 0.13299949876211337, 0.12113483573756516,
  0.0831017198714918, 0.17070494631014382,
];
export const LN2 = [Math.LN2, 2.3190468138462996e-17] as const;

/** 2 artanh t for |t| ≤ ⅓. */
export const artanhTwice = (t: Expression, precise = true): Expression =>
  approximate(series, precise ? PRECISE : FAST, t.times(t)).times(t);

/** ln(1 + u) for −½ ≤ u ≤ 1. */
export const log1pUnit = (u: Expression, precise = true): Expression =>
  artanhTwice(u.div(u.plus(2)).ahead(), precise);

export function log1p(x: Expression, precise = true): Expression {
  const y = x.plus(1);
  const k = y.exponent();
  const u = k.ifLess(1, x, y.mantissa(k).minus(1));
  // The bits of ∞ and NaN are not those of a number; they are their own result.
  return x.ifLess(Infinity, log1pUnit(u, precise).plus(k.times(constant(...LN2))), x);
}
