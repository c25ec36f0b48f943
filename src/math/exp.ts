/**
 * # eˣ
 *
 *     x = k·ln 2/256 + r,  |r| ≤ ln 2/512
 *     eˣ = T(1 + r·g(r)),   T = 2^(k/256),  g(r) = (eʳ − 1)/r
 *
 * The table of T makes r so small that three or four terms of g are enough. Near 0, where k = 0 and
 * T = 1, eˣ − 1 = T·r·g(r) + (T − 1) is r·g(r) and nothing cancels.
 *
 * `precise` also keeps more bits of k·ln 2/256. An argument of two parts is their sum; the second
 * is to be so small that it does not matter where r is rounded: |low| < 2⁻²⁰. Errors: test/src/error.test.ts. −708 < x < 709.
 */
import { approximate, constant, type Expression, twoTo256ths } from '../kernel/expression.ts';
import { factorial, ratio, type Series } from '../kernel/series.ts';

export const growth: Series = {
  name: '(eʳ − 1)/r',
  coefficient: (i: number) => ratio(1, factorial(i + 1)),
  from: -0.5,
  to: 0.5,
};

/** 256/ln 2 */
export const STEPS = 369.3299304675746;
/**
 * ln 2/256, each with what the float64 leaves out. HIGH has 36 bits, so that k·HIGH is exact for
 * |k| < 2¹⁷.
 */
export const STEP = [0.0027076061740622863, 9.058776616587108e-20] as const;
const STEP_HIGH = 0.0027076061740558544;
const STEP_LOW = [6.432011555819173e-15, -3.9366988812129467e-31] as const;

/**
 * By Remez exchange: 2⁻⁴⁵·² of eˣ, and 2⁻⁴⁸ of g, which is 2⁻⁵⁷ of eˣ, before rounding. The proof
 * takes the coefficients as they are.
 */
const FAST = [0.9999999999999885, 0.5000000633903257, 0.16666668828790368];
const PRECISE = [
  0.9999999999999964, 0.49999999999999767, 0.16666668197041898, 0.041666670494023506,
];

/** |x·STEPS − k| ≤ ½ + 2⁻³⁰, hence |r| is at most this. */
export const REACH = 0.0013539;

export function exp(x: Expression, precise = true, low?: Expression): Expression {
  const k = (low ? x.plus(low) : x).times(STEPS).nearest();
  const rest = precise
    ? x.minus(k.times(STEP_HIGH)).minus(k.times(constant(...STEP_LOW)))
    : x.minus(k.times(constant(...STEP)));
  const r = (low ? rest.plus(low) : rest).within(-REACH, REACH);
  const T = twoTo256ths(k);
  return approximate(growth, precise ? PRECISE : FAST, r, 'Horner')
    .times(r)
    .times(T)
    .plus(T);
}
