/**
 * # Plain digits
 *
 * The reading that teaches: every operation is rounded to a fixed number of decimal digits. How
 * many of them are right is not known; whoever needs to know reads intervals.
 */
import { Decimal } from 'decimal.js';
import { exactly } from '../exact.ts';
import { type Arithmetic, type Exact, Real, reading } from '../real.ts';

export class Plain extends Real {
  readonly x: Decimal;
  readonly #in: Arithmetic;

  constructor(arithmetic: Arithmetic, x: Decimal) {
    super();
    this.#in = arithmetic;
    this.x = x;
  }
  #make(x: Decimal): Plain {
    return new Plain(this.#in, x);
  }
  #read(y: Exact): Decimal {
    if (y instanceof Plain) return y.x;
    if (y instanceof Real) throw new TypeError('a number of another reading in a formula');
    return (this.#in.read(y) as Plain).x;
  }

  plus(y: Exact): Plain {
    return this.#make(this.x.plus(this.#read(y)));
  }
  minus(y: Exact): Plain {
    return this.#make(this.x.minus(this.#read(y)));
  }
  times(y: Exact): Plain {
    return this.#make(this.x.times(this.#read(y)));
  }
  div(y: Exact): Plain {
    return this.#make(this.x.div(this.#read(y)));
  }
  neg(): Plain {
    return this.#make(this.x.neg());
  }
  sqrt(): Plain {
    return this.#make(this.x.sqrt());
  }
  exp(): Plain {
    return this.#make(this.x.exp());
  }
  expm1(): Plain {
    return this.exp().minus(1);
  }
  log(): Plain {
    return this.#make(this.x.ln());
  }
  log1p(): Plain {
    return this.plus(1).log();
  }
  sign(): number {
    return this.x.isZero() ? 0 : this.x.s;
  }
  isFinite(): boolean {
    return this.x.isFinite();
  }
  between(y: Real): Real {
    return this.plus(y).div(2);
  }
  through(f: (x: Real) => Real): Real {
    return reading(this.#in, () => f(this));
  }
}

export function decimal(digits: number): Arithmetic {
  const D = Decimal.clone({ defaults: true, precision: digits });
  const arithmetic: Arithmetic = {
    digits,
    read: (x) => new Plain(arithmetic, new D(typeof x === 'number' ? exactly(x) : x)),
    pi: () => new Plain(arithmetic, D.acos(-1)),
  };
  return arithmetic;
}
