/**
 * # eˣ for rows, x ≤ 0
 *
 *     256 x log₂ e = k + f,  |f| ≤ ½      eˣ = 2^(k/256)·(1 + f·h(f)),   h(f) = (2^(f/256) − 1)/f
 *
 * The table of 2^(k/256) makes f so small that a straight line is enough for h: the relative error
 * is below 2⁻³¹·⁹ (test/src/error.test.ts), so that results of rows are right to 0.51 ulp of
 * float32. e⁰ is 1; below −700 the result is e⁻⁷⁰⁰, which a float32 of any size makes 0.
 */
import { approximate, constant, type Expression, twoTo256ths } from '../kernel/expression.ts';
import { factorial, ln2, product, ratio, type Series } from '../kernel/series.ts';

const power = (x: bigint, n: number): bigint =>
  n === 0 ? ratio(1, 1) : product(x, power(x, n - 1));
const growth: Series = {
  name: '(2^(f/256) − 1)/f',
  coefficient: (i) => power(ln2 >> 8n, i + 1) / factorial(i + 1),
  from: -0.5005,
  to: 0.5005,
};
/** 256 log₂ e, and what the float64 leaves out. */
const SCALE = [369.3299304675746, 5.2109500776783445e-15] as const;
/** By Remez exchange: 2⁻³³ of eˣ. The proof takes the coefficients as they are. */
export const LINE = [0.0027076067955048716, 3.6655655966248933e-6] as const;
export const FLOOR = -700;

export function expRow(x: Expression, line: readonly number[] = LINE): Expression {
  const y = x
    .max(FLOOR)
    .ahead()
    .times(constant(...SCALE))
    .ahead();
  const k = y.nearest();
  const f = y.plus(k.neg()).within(-0.5001, 0.5001);
  const power = twoTo256ths(k);
  return power.times(approximate(growth, line, f).times(f)).plus(power);
}
