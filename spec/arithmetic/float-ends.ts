/**
 * # Ends in float64
 *
 * The same enclosures in the arithmetic of the machine: some hundred times faster, good for about
 * 2⁻⁴⁵ of a value, and just as strict. What is exact is recognised as exact, so that sums and
 * products of small numbers stay points: an addition by its error term (Knuth's two-sum), a product
 * of two float32 always, a quotient if it multiplies back.
 */

import { Decimal } from 'decimal.js';
import { exactly } from '../exact.ts';
import { Undecided } from '../real.ts';
import * as elementary from './elementary.ts';
import { type Directed, type Ends, enclosing } from './interval.ts';

/** The next float64 or the one after it: strictly beyond a result that was rounded to x. */
const beyond = (x: number, side: -1 | 1): number =>
  x + side * (Math.abs(x) * 2 ** -52 + 2 ** -1074);

/** Beyond this, powers have no float64 that these routines could give: e^±700. */
const FAR = 700;
/** More than e^−700. */
const NOTHING = 2 ** -1009;
/** Below this a² is nothing beside a; and far below it, floats have fewer bits. */
const NORMAL = 2 ** -960;

/** The same where the result, though x may be 0, is known to have a sign: 0 is beyond it on one side. */
const signedBeyond = (x: number, sign: number, side: -1 | 1): number =>
  x === 0 && sign !== side ? 0 : beyond(x, side);

const isSingle = (x: number): boolean => Math.fround(x) === x;
/** They have 24 bits each, and the least of them is far from the least float64. */
const areSingle = (a: number, b: number): boolean => isSingle(a) && isSingle(b);

function directed(side: -1 | 1): Directed<number> {
  /** Further by more than the error of the elementary functions. */
  const widened = (y: number): number =>
    y + side * (Math.abs(y) * 1.0001 * elementary.ERROR + 2 ** -1070);
  const exp = (a: number): number => {
    if (a === 0) return 1;
    if (a > FAR) throw new Undecided('exp beyond float64');
    if (a < -FAR) return side < 0 ? 0 : NOTHING;
    return Math.max(0, widened(elementary.exp(a)));
  };
  return {
    add(a, b) {
      const s = a + b;
      const t = s - b;
      const error = a - t + (b - (s - t));
      return error === 0 || Math.sign(error) === -side ? s : beyond(s, side);
    },
    mul(a, b) {
      const p = a * b;
      return areSingle(a, b) ? p : signedBeyond(p, Math.sign(a) * Math.sign(b), side);
    },
    div(a, b) {
      const q = a / b;
      if (q * b === a && areSingle(q, b)) return q;
      return signedBeyond(q, Math.sign(a) * Math.sign(b), side);
    },
    sqrt(a) {
      const r = Math.sqrt(a);
      return r * r === a && isSingle(r) ? r : beyond(r, side);
    },
    exp,
    // Of a tiny a, a < e^a − 1 < a + a² and a − a² < ln(1 + a) < a, and a² is far below one unit.
    expm1(a) {
      if (a === 0) return 0;
      if (Math.abs(a) < NORMAL) return side < 0 ? a : beyond(a, 1);
      if (a > FAR) throw new Undecided('exp beyond float64');
      if (a < -FAR) return side < 0 ? -1 : beyond(-1, 1);
      return widened(elementary.expm1(a));
    },
    log1p(a) {
      if (a === 0) return 0;
      if (Math.abs(a) < NORMAL) return side < 0 ? beyond(a, -1) : a;
      return widened(elementary.log1p(a));
    },
    log(a) {
      if (a === 1) return 0;
      if (a < NORMAL) throw new Undecided('a subnormal in float64');
      return widened(elementary.log(a));
    },
  };
}

const down = directed(-1);
const up = directed(1);

const ends: Ends<number> = {
  digits: 16,
  down,
  up,
  read(x) {
    const value = Number(x);
    if (typeof x === 'number' || new Decimal(x).eq(exactly(value))) return [value, value];
    if (!Number.isFinite(value)) throw new Undecided('a number beyond float64');
    return [beyond(value, -1), beyond(value, 1)];
  },
  pi: [beyond(Math.PI, -1), beyond(Math.PI, 1)],
  neg: (a) => -a,
  sign: (a) => Math.sign(a),
  isFinite: (a) => Number.isFinite(a),
  less: (a, b) => a < b,
  least: Math.min,
  most: Math.max,
  toNumber: (a) => a,
};

/** Enclosures with float64 ends. */
export const floats = enclosing(ends);
