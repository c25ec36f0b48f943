/**
 * # Power series around many points
 *
 * A smooth function near k/steps is Σ aₙ hⁿ with h = x − k/steps, |h| ≤ ½/steps. What a machine
 * computes is a polynomial for each k, its coefficients read from a table that is made when it is
 * first needed.
 *
 * The polynomials are the series, economised: a term beyond the degree is replaced by what the
 * Chebyshev polynomial of its power leaves of it, which is 2ⁿ⁻¹ times less than cutting it off.
 */
import { approximately, product } from './fixed.ts';

/** What coefficients are computed in: fixed-point numbers for truth, float64 for machines. */
export interface Arithmetic<T> {
  readonly of: (units: bigint) => T;
  /** x·n/d for integers n and d. */
  readonly scale: (x: T, n: number, d: number) => T;
  readonly plus: (x: T, y: T) => T;
  readonly times: (x: T, y: T) => T;
}
export const fixed: Arithmetic<bigint> = {
  of: (units) => units,
  scale: (x, n, d) => (x * BigInt(n)) / BigInt(d),
  plus: (x, y) => x + y,
  times: product,
};
export const floats: Arithmetic<number> = {
  of: approximately,
  scale: (x, n, d) => (x * n) / d,
  plus: (x, y) => x + y,
  times: (x, y) => x * y,
};

export interface LocalSeries {
  /** An identifier, by which code knows the table. */
  readonly name: string;
  /** Centres are k/steps for from ≤ k ≤ to; a power of two. */
  readonly steps: number;
  readonly from: number;
  readonly to: number;
  /** Of the polynomials that are fast, and of those that are precise. */
  readonly degrees: readonly [fast: number, precise: number];
  /**
   * The first coefficients at k/steps. What the first `TERMS` leave out is at most 2⁻¹⁴⁰ of the
   * largest of the first four.
   */
  readonly coefficients: Coefficients;
}

export type Coefficients = <T>(k: number, count: number, arithmetic: Arithmetic<T>) => readonly T[];

export const TERMS = 32;
/** Terms beyond these are below 2⁻⁶⁴ of the first before they are economised. */
const USED = 17;

/** Coefficients of the Chebyshev polynomials T₀, T₁, … */
const chebyshev: number[][] = [[1], [0, 1]];
for (let n = 2; n < USED; n++) {
  const [a, b] = [chebyshev[n - 1]!, chebyshev[n - 2]!];
  chebyshev.push(Array.from({ length: n + 1 }, (_, i) => 2 * (a[i - 1] ?? 0) - (b[i] ?? 0)));
}

/** What hⁿ is replaced by for |h| ≤ reach, as coefficients of a polynomial of that degree. */
function replacement(n: number, reach: number, degree: number): readonly number[] {
  const left = Array.from({ length: USED }, (_, i) => (i === n ? 1 : 0));
  for (let power = n; power > degree; power--) {
    // h^power − 2 (reach/2)^power T(h/reach) has lower powers only.
    const size = left[power]! * 2 * (reach / 2) ** power;
    chebyshev[power]!.forEach((t, i) => {
      left[i]! -= (size * t) / reach ** i;
    });
  }
  return left.slice(0, degree + 1);
}

const known = new Map<string, LocalSeries>();
const tables = new Map<string, Float64Array>();

/** Makes a series known by its name. */
export const register = (series: LocalSeries): void => void known.set(series.name, series);

/** The coefficients of all polynomials of a degree, those of `from` first. */
export function table(name: string, degree: number): Float64Array {
  const key = `${name} ${degree}`;
  const found = tables.get(key);
  if (found) return found;
  const fresh = compute(known.get(name)!, degree);
  tables.set(key, fresh);
  return fresh;
}

/** Coefficients of a polynomial in the table, an even number: they are read in pairs. */
export const strideOf = (degree: number): number => degree + 1 + ((degree + 1) % 2);

function compute({ from, to, steps, coefficients }: LocalSeries, degree: number): Float64Array {
  const stride = strideOf(degree);
  const result = new Float64Array((to - from + 1) * stride);
  const beyond = Array.from({ length: USED - degree - 1 }, (_, i) =>
    replacement(degree + 1 + i, 0.5 / steps, degree),
  );
  for (let k = from; k <= to; k++) {
    const a = coefficients(k, USED, floats);
    for (let n = 0; n <= degree; n++) {
      const change = beyond.reduce((sum, list, i) => sum + list[n]! * a[degree + 1 + i]!, 0);
      result[(k - from) * stride + n] = a[n]! + change;
    }
  }
  return result;
}

/** Where the coefficient of hⁿ is in the table, for k. */
export const indexOf = ({ from }: LocalSeries, degree: number, k: number, n: number): number =>
  (k - from) * strideOf(degree) + n;
