/**
 * # Real numbers, and the arithmetic that reads them
 *
 * A formula is written once, on `Real`. What it then means depends on the arithmetic in force:
 * plain digits (`arithmetic/decimal.ts`), an enclosure (`arithmetic/interval.ts`, with decimal or
 * with float64 ends), or a derivative (`arithmetic/dual.ts`). A formula must not be able to tell.
 *
 * The arithmetic is dynamically scoped, like the rounding mode of a processor, because formulas
 * then need no extra argument and read like mathematics; they are synchronous, so nothing leaks.
 *
 * Real means extended real: ±∞ and NaN may enter as inputs and follow the IEEE rules from there.
 * A finite calculation never reaches them: what would overflow throws instead.
 */

/**
 * Anything that names a real number. A `number` is its exact binary value; a decimal fraction that
 * is meant as a decimal is a string: `'0.044715'`.
 */
export type Exact = Real | number | string;

/** The reading cannot tell at this precision. Asking again with more digits may help. */
export class Undecided extends Error {}

export abstract class Real {
  abstract plus(y: Exact): Real;
  abstract minus(y: Exact): Real;
  abstract times(y: Exact): Real;
  abstract div(y: Exact): Real;
  abstract neg(): Real;
  abstract sqrt(): Real;
  abstract exp(): Real;
  /** e^x − 1, which keeps the digits of a small x. */
  abstract expm1(): Real;
  abstract log(): Real;
  /** log(1 + x), which keeps the digits of a small x. */
  abstract log1p(): Real;
  /** −1, 0 or 1; NaN for NaN. Throws `Undecided` when the reading cannot tell. */
  abstract sign(): number;
  abstract isFinite(): boolean;
  /** Something that lies strictly between this and y, two different numbers. */
  abstract between(y: Real): Real;
  /** f(this), for an f that is not a formula but has a known slope. */
  abstract through(f: (x: Real) => Real, slope: (x: Real) => Real): Real;

  squared(): Real {
    return this.times(this);
  }
  lt(y: Exact): boolean {
    return this.minus(y).sign() < 0;
  }
  gt(y: Exact): boolean {
    return this.minus(y).sign() > 0;
  }
}

export interface Arithmetic {
  /** Decimal digits that results have, about: what a series has to be good for. */
  readonly digits: number;
  read(x: number | string): Real;
  pi(): Real;
}

let inForce: Arithmetic | undefined;

/** Reads a formula in an arithmetic. */
export function reading<T>(arithmetic: Arithmetic, formula: () => T): T {
  const outer = inForce;
  inForce = arithmetic;
  try {
    return formula();
  } finally {
    inForce = outer;
  }
}

export function arithmetic(): Arithmetic {
  if (!inForce) throw new Error('a formula has a value only inside reading(arithmetic, …)');
  return inForce;
}

/** The real number that `x` is, in the arithmetic in force. */
export const real = (x: Exact): Real => (x instanceof Real ? x : arithmetic().read(x));
