/**
 * # Enclosures
 *
 * An `Interval` is a single point, or an *open* interval: the real number it stands for lies
 * strictly between its ends. That is why exact ties and the signs of underflowing results can be
 * decided at all, and it costs nothing:
 *
 * - a directed result that is inexact lies strictly on its side, and an exact one leaves a point;
 * - e^x and log x are irrational unless they are e^0 and log 1, and their ends are widened by more
 *   than their error, so that they are strict;
 * - any operation on an open interval gives an open interval, except multiplication by the point 0.
 *
 * What the ends are is left open: decimal.js numbers of any precision (`decimal-ends.ts`, the
 * normative reading), or float64 (`float-ends.ts`, for volume).
 *
 * ±∞ and NaN are points and follow the IEEE rules. An end that is infinite without being a point is
 * no bound: it throws `Undecided`.
 */
import { type Arithmetic, type Exact, Real, reading, Undecided } from '../real.ts';

/** An end, rounded down or up. */
export interface Directed<E> {
  add(a: E, b: E): E;
  mul(a: E, b: E): E;
  div(a: E, b: E): E;
  sqrt(a: E): E;
  /** Strictly beyond the function's value at a finite, nonzero `a`; the value itself at 0. */
  exp(a: E): E;
  expm1(a: E): E;
  log1p(a: E): E;
  /** Likewise at a positive `a`; the value itself at 1. */
  log(a: E): E;
}

/** The numbers that ends are. */
export interface Ends<E> {
  /** Decimal digits that they have. */
  readonly digits: number;
  readonly down: Directed<E>;
  readonly up: Directed<E>;
  /** The two ends of what is read: the same twice if it is a number of this kind. */
  read(x: number | string): readonly [E, E];
  readonly pi: readonly [E, E];
  neg(a: E): E;
  /** −1, 0, 1, or NaN. */
  sign(a: E): number;
  isFinite(a: E): boolean;
  /** Of the two ends of one enclosure. */
  less(a: E, b: E): boolean;
  least(a: E, b: E): E;
  most(a: E, b: E): E;
  /** The number itself where it is 0, ±1, ±∞ or NaN; any with its sign elsewhere. */
  toNumber(a: E): number;
}

export class Interval<E = unknown> extends Real {
  readonly lo: E;
  readonly hi: E;
  readonly #in: Enclosing<E>;

  constructor(arithmetic: Enclosing<E>, lo: E, hi: E) {
    super();
    this.#in = arithmetic;
    this.lo = lo;
    this.hi = hi;
  }

  get isPoint(): boolean {
    return Object.is(this.lo, this.hi);
  }
  isFinite(): boolean {
    return this.#in.ends.isFinite(this.lo);
  }
  sign(): number {
    const { sign } = this.#in.ends;
    if (this.isPoint) return sign(this.lo);
    if (sign(this.lo) >= 0) return 1;
    if (sign(this.hi) <= 0) return -1;
    throw new Undecided('sign of an enclosure of zero');
  }

  plus(other: Exact): Interval<E> {
    const y = this.#read(other);
    const { down, up } = this.#in.ends;
    if (!this.isFinite() || !y.isFinite()) return this.#make(this.#beyond() + y.#beyond());
    return this.#enclose(down.add(this.lo, y.lo), up.add(this.hi, y.hi));
  }
  minus(y: Exact): Interval<E> {
    return this.plus(this.#read(y).neg());
  }
  neg(): Interval<E> {
    const { neg } = this.#in.ends;
    return this.#enclose(neg(this.hi), this.isPoint ? neg(this.hi) : neg(this.lo));
  }
  times(other: Exact): Interval<E> {
    const y = this.#read(other);
    const { down, up, sign, least, most } = this.#in.ends;
    if (!this.isFinite() || !y.isFinite()) return this.#special(y, (a, b) => a * b);
    if (sign(y.lo) >= 0)
      return this.#enclose(
        down.mul(this.lo, sign(this.lo) >= 0 ? y.lo : y.hi),
        up.mul(this.hi, sign(this.hi) >= 0 ? y.hi : y.lo),
      );
    if (sign(y.hi) <= 0) return this.neg().times(y.neg());
    const [a, b] = [down.mul(this.lo, y.hi), down.mul(this.hi, y.lo)];
    const [c, d] = [up.mul(this.lo, y.lo), up.mul(this.hi, y.hi)];
    return this.#enclose(least(a, b), most(c, d));
  }
  div(other: Exact): Interval<E> {
    const y = this.#read(other);
    const { down, up, sign } = this.#in.ends;
    const side = y.sign();
    if (side < 0) return this.neg().div(y.neg());
    if (!this.isFinite() || !y.isFinite() || side === 0) return this.#special(y, (a, b) => a / b);
    return this.#enclose(
      down.div(this.lo, sign(this.lo) >= 0 ? y.hi : y.lo),
      up.div(this.hi, sign(this.hi) >= 0 ? y.lo : y.hi),
    );
  }

  sqrt(): Interval<E> {
    const { down, up } = this.#in.ends;
    if (this.sign() < 0 || !this.isFinite()) return this.#special(this, (a) => Math.sqrt(a));
    return this.#enclose(down.sqrt(this.lo), up.sqrt(this.hi));
  }
  exp(): Interval<E> {
    if (!this.isFinite()) return this.#special(this, (a) => Math.max(a, 0));
    return this.#through('exp');
  }
  expm1(): Interval<E> {
    if (!this.isFinite()) return this.#special(this, (a) => Math.max(a, -1));
    return this.#through('expm1');
  }
  log(): Interval<E> {
    const { sign } = this.#in.ends;
    if (this.isPoint && sign(this.lo) === 0) return this.#make(-Infinity);
    if (this.sign() < 0) return this.#make(NaN);
    if (!this.isFinite()) return this;
    if (sign(this.lo) <= 0) throw new Undecided('log of an enclosure that reaches 0');
    return this.#through('log');
  }
  log1p(): Interval<E> {
    if (!this.isFinite()) return this.#special(this, (a) => (a < 0 ? NaN : a));
    const side = this.plus(1);
    if (side.isPoint || this.#in.ends.sign(side.lo) <= 0) return side.log();
    return this.#through('log1p');
  }

  between(other: Real): Interval<E> {
    const y = this.#read(other);
    const { least, most } = this.#in.ends;
    return this.#enclose(least(this.lo, y.lo), most(this.hi, y.hi));
  }
  through(f: (x: Real) => Real): Real {
    return reading(this.#in, () => f(this));
  }

  #through(f: 'exp' | 'expm1' | 'log' | 'log1p'): Interval<E> {
    const { down, up } = this.#in.ends;
    return this.#enclose(down[f](this.lo), up[f](this.hi));
  }
  #read(y: Exact): Interval<E> {
    if (y instanceof Interval) return y;
    if (y instanceof Real) throw new TypeError('a number of another reading in a formula');
    return this.#in.read(y);
  }
  #make(x: number): Interval<E> {
    return this.#in.read(x);
  }
  /** By the IEEE rules, where a point is infinite or NaN, or a divisor 0. */
  #special(y: Interval<E>, f: (a: number, b: number) => number): Interval<E> {
    if (this.#isNan() || y.#isNan()) return this.#make(NaN);
    return this.#make(f(this.#whole(), y.#whole()) + 0);
  }
  #isNan(): boolean {
    return !this.isFinite() && Number.isNaN(this.#in.ends.sign(this.lo));
  }
  /** Itself if it is infinite or NaN; a finite number adds nothing to those. */
  #beyond(): number {
    return this.isFinite() ? 0 : this.#in.ends.toNumber(this.lo);
  }
  /** Itself if it is a point, otherwise a number of the same sign: enough beside ∞, 0 and NaN. */
  #whole(): number {
    return this.isPoint ? this.#in.ends.toNumber(this.lo) + 0 : this.sign();
  }
  /**
   * Zeros of arithmetic carry no sign; only a −0 that was read does. An end of −0 would send what is
   * divided by it to the wrong infinity.
   */
  #enclose(lo: E, hi: E): Interval<E> {
    const { ends } = this.#in;
    if (ends.less(lo, hi)) {
      if (!ends.isFinite(lo) || !ends.isFinite(hi)) throw new Undecided('overflow');
      return new Interval(this.#in, this.#unsigned(lo), this.#unsigned(hi));
    }
    if (ends.less(hi, lo)) throw new Undecided('ends that have crossed');
    if (ends.sign(lo) === 0) return this.#make(0);
    if (!ends.isFinite(lo) && this.isFinite()) throw new Undecided('overflow');
    return new Interval(this.#in, lo, lo);
  }
  #unsigned(end: E): E {
    return this.#in.ends.sign(end) === 0 ? this.#make(0).lo : end;
  }
}

export interface Enclosing<E> extends Arithmetic {
  readonly ends: Ends<E>;
  read(x: number | string): Interval<E>;
}

/** The arithmetic of intervals whose ends are of one kind. */
export function enclosing<E>(ends: Ends<E>): Enclosing<E> {
  const known = new Map<number | string, Interval<E>>();
  const make = (x: number | string): Interval<E> => {
    const [lo, hi] = ends.read(x);
    return new Interval(arithmetic, lo, hi);
  };
  const arithmetic: Enclosing<E> = {
    ends,
    digits: ends.digits,
    // 0, 1, 2 and the like occur in every formula, and −0 must not become one of them.
    read(x) {
      if (typeof x === 'number' && (!Number.isInteger(x) || Math.abs(x) > 100 || x === 0))
        return make(x);
      let interval = known.get(x);
      if (!interval) {
        interval = make(x);
        known.set(x, interval);
      }
      return interval;
    },
    pi: () => new Interval(arithmetic, ...ends.pi),
  };
  return arithmetic;
}
