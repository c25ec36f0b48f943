/**
 * # eˣ − 1
 *
 * `fast`:     eˣ − 1 = T·r·g(r) + (T − 1), with the table T = 2^(k/256) of exp.ts
 * `precise`:  eˣ − 1 = 2ᵏ·r·g(r) + (2ᵏ − 1),  x = k ln 2 + r,  |r| ≤ ½ ln 2
 *
 * with g(r) = (eʳ − 1)/r. Near 0 both are r·g(r) and nothing cancels. The table is not enough for
 * `precise`: next to 1 its rounding error is 2⁻⁵⁴, but eˣ − 1 is only 2⁻⁸. −708 < x < 709.
 */
import {
  approximate,
  constant,
  type Expression,
  scaled,
  twoTo256ths,
} from '../kernel/expression.ts';
import { growth, STEP, REACH as STEP_REACH, STEPS } from './exp.ts';

const LOG2E = Math.LOG2E;
/** ln 2 as 40 bits and the rest, and what that leaves out. */
const LN2_HIGH = 0.6931471805601177;
const LN2_LOW = [-1.7239444525614835e-13, 1.94704509238075e-31] as const;
/** |x·LOG2E − k| ≤ ½ + 2⁻³⁰, hence |r| is at most this. */
const REACH = 0.3465736;

/** By Remez exchange: 2⁻⁴⁸ of g on |r| ≤ ln 2/512, and 2⁻⁵⁵·⁶ on |r| ≤ ½ ln 2, before rounding. */
const FAST = [0.9999999999999964, 0.49999999999999767, 0.16666668197041898, 0.041666670494023506];
const PRECISE = [
  1, 0.5000000000000006, 0.16666666666666563, 0.04166666666657317, 0.008333333333398371,
  0.0013888888932518171, 0.00019841269706604122, 2.480150427266843e-5, 2.7557415236344528e-6,
  2.762640009899283e-7, 2.505207302870766e-8,
];

export const expm1 = (x: Expression, precise = true): Expression =>
  precise ? byPolynomial(x) : byTable(x);

function byTable(x: Expression): Expression {
  const k = x.times(STEPS).nearest();
  const r = x.minus(k.times(constant(...STEP))).within(-STEP_REACH, STEP_REACH);
  const T = twoTo256ths(k);
  return approximate(growth, FAST, r, 'Horner').times(r).times(T).plus(T.minus(1));
}

function byPolynomial(x: Expression): Expression {
  const k = x.times(LOG2E).nearest();
  const r = x
    .minus(k.times(LN2_HIGH))
    .minus(k.times(constant(...LN2_LOW)))
    .within(-REACH, REACH);
  const scale = scaled(1, k);
  return approximate(growth, PRECISE, r).times(r).times(scale).plus(scale.minus(1));
}
