/**
 * # Results beside 0
 *
 * Where f(x) = c·xⁿ·(1 + d(x)) with n = 0 or 1 and d(0) = 0, f(x) is next to 0 beside c·xⁿ, and
 * nearer than any pair of doubles can tell. Times a factor, c·xⁿ can be a tie: of float32 where it
 * has 25 bits, mostly of subnormals; silu and gelu, with c = ½, meet 2²⁴ of them. Then it matters
 * only on which side f is, and that is the same from 0 to NEAR.
 */
import { add, type Double, twoProduct } from './double.ts';
import { roundSum } from './round.ts';

/** Up to here d has one sign on either side of 0. */
export const NEAR = 2 ** -20;
/** Up to here, where a rule is flat, |d| < FLAT: a product of 53 bits is a tie or further off. */
export const SMALL = 2 ** -100;
const FLAT = 2 ** -60;
/** Nearer than all float32, parameters of the size of float32 included. */
const NEAREST = 2 ** -200;
/** Pairs of doubles that differ by less are taken to be equal. */
const EQUAL = 2 ** -90;

/** One side of 0. */
export interface Rule {
  readonly c: number;
  readonly n: 0 | 1;
  /** Whether c has so few bits that products with two float32 are exact. */
  readonly isShort: boolean;
  /** The sign of d. */
  readonly direction: number;
  /** Whether |d| < FLAT up to SMALL: some parameters make a function bend next to 0. */
  readonly isFlat: boolean;
}

/** undefined where c is no float64, or 0. */
export function ruleOf(f: (x: number) => Double, sign: number): Rule | undefined {
  const nearest = sign * NEAREST;
  const [high, low] = f(nearest);
  const n = Math.abs(high) < NEAREST * 2 ** 50 ? 1 : 0;
  const c = n ? high / nearest : high;
  const isNumber = c !== 0 && Number.isFinite(c) && Math.abs(low) <= Math.abs(high) * EQUAL;
  if (!isNumber) return undefined;
  /** d at x, where it is more than nothing. */
  const bend = (x: number): number => {
    const line = n ? c * x : c;
    const d = add(f(x), [-line, 0])[0] / line;
    return Math.abs(d) <= EQUAL ? 0 : d;
  };
  const isShort = Number.isInteger(c * 4) && Math.abs(c) <= 8;
  const isFlat = Math.abs(bend(sign * SMALL)) < FLAT;
  return { c, n, isShort, isFlat, direction: Math.sign(bend(sign * NEAR)) };
}

/** f(x)·factor, rounded; undefined where there is no rule, or c·xⁿ·factor is no float64. */
export function besideZero(rule: Rule | undefined, x: number, factor: number): number | undefined {
  if (!rule) return undefined;
  const power = rule.n ? x * factor : factor;
  const high = rule.c * power;
  const isExact = rule.isShort || twoProduct(rule.c, power)[1] === 0;
  return isExact ? roundSum(high, rule.direction * high) : undefined;
}
