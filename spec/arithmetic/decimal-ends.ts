/**
 * # Ends in decimal.js
 *
 * Basic operations are rounded down and up by decimal.js itself (200,000 directed operations on long
 * operands were judged exactly: no violation). exp and ln are not correctly rounded, but within one
 * unit of the last place (measured, not promised: on 1,500 constructed near-ties no failure), so
 * they are widened by two. Nothing else of decimal.js is used: its tanh, sinh and atanh hang or are
 * wrong in the last place.
 */
import { Decimal } from 'decimal.js';
import { exactly } from '../exact.ts';
import { Undecided } from '../real.ts';
import { type Directed, type Enclosing, type Ends, enclosing } from './interval.ts';

/** e^−10000 < 10^−4000: nothing in any format, and far from where decimal.js itself underflows. */
const FAR = 10_000;
const NOTHING = new Decimal('1e-4000');

const known = new Map<number, Enclosing<Decimal>>();

/** Enclosures whose ends have so many significant decimal digits; at most 960, as decimal.js knows ln 10 to 1025. */
export function interval(digits: number): Enclosing<Decimal> {
  let arithmetic = known.get(digits);
  if (!arithmetic) {
    arithmetic = enclosing(ends(digits));
    known.set(digits, arithmetic);
  }
  return arithmetic;
}

function ends(digits: number): Ends<Decimal> {
  const D = precise(digits, Decimal.ROUND_FLOOR);
  const exp = rememberingLast((a) => D.exp(a));
  const ln = rememberingLast((a) => D.ln(a));
  const down = directed(digits, -1, exp, ln);
  const up = directed(digits, 1, exp, ln);
  const acos = (rounding: Decimal.Rounding) => precise(digits, rounding).acos(-1);
  return {
    digits,
    down,
    up,
    read(x) {
      const value = new Decimal(typeof x === 'number' ? exactly(x) : x);
      return [value, value];
    },
    pi: [acos(Decimal.ROUND_FLOOR), acos(Decimal.ROUND_CEIL)],
    neg: (a) => a.neg(),
    sign: (a) => (a.isZero() ? 0 : a.s),
    isFinite: (a) => a.isFinite(),
    less: (a, b) => a.lt(b),
    least: (a, b) => (a.lt(b) ? a : b),
    most: (a, b) => (a.lt(b) ? b : a),
    toNumber: (a) => (a.isFinite() ? (a.eq(1) || a.isZero() ? a.toNumber() : a.s) : a.toNumber()),
  };
}

const precise = (digits: number, rounding: Decimal.Rounding) =>
  Decimal.clone({ defaults: true, precision: digits, rounding });

type Function = (a: Decimal) => Decimal;

/** Both ends of a point ask for the same number. */
function rememberingLast(f: Function): Function {
  let known: readonly [Decimal, Decimal] | undefined;
  return (a) => {
    if (known?.[0] !== a) known = [a, f(a)];
    return known[1];
  };
}

/** Operations rounded down (−1) or up (1); `expOf` and `lnOf` are within one unit of the last place. */
function directed(
  digits: number,
  side: -1 | 1,
  expOf: Function,
  lnOf: Function,
): Directed<Decimal> {
  const D = precise(digits, side < 0 ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL);
  const U = precise(digits, Decimal.ROUND_CEIL);
  const small = new D(`1e-${Math.ceil(digits / 2)}`);
  /** Two units in the last place further. */
  const widened = (y: Decimal): Decimal =>
    y.isZero() ? y : D.add(y, new D(`${2 * side}e${y.e - digits + 1}`));
  const exp = (a: Decimal): Decimal => {
    if (a.isZero()) return new D(1);
    if (a.gt(FAR)) throw new Undecided('exp of a huge number: write it with exp of x ≤ 0');
    if (a.lt(-FAR)) return side < 0 ? new D(0) : NOTHING;
    return widened(expOf(a));
  };
  const log = (a: Decimal): Decimal => (a.eq(1) ? new D(0) : widened(lnOf(a)));
  return {
    add: (a, b) => D.add(a, b),
    mul: (a, b) => D.mul(a, b),
    div: (a, b) => D.div(a, b),
    sqrt: (a) => D.sqrt(a),
    exp,
    log,
    // a < e^a − 1 < a + a² for 0 < |a| < 1
    expm1(a) {
      if (a.isZero()) return a;
      if (a.abs().gt(small)) return D.sub(exp(a), 1);
      return side < 0 ? D.add(a, 0) : D.add(a, D.mul(a, a));
    },
    // a (1 − a) < log(1 + a) < a for |a| < ½, a ≠ 0
    log1p(a) {
      if (a.isZero()) return a;
      if (a.abs().gt(small)) return log(D.add(a, 1));
      return side < 0 ? D.sub(a, U.mul(a, a)) : D.add(a, 0);
    },
  };
}
