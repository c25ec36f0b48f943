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
import { approximately } from './fixed.ts';

export interface LocalSeries {
  /** An identifier, by which code knows the table. */
  readonly name: string;
  /** Centres are k/steps for from ≤ k ≤ to; a power of two. */
  readonly steps: number;
  readonly from: number;
  readonly to: number;
  /**
   * The first coefficients at k/steps in units of 2⁻⁵¹². What the first `TERMS` leave out is at
   * most 2⁻¹⁴⁰ of the largest of the first four.
   */
  readonly coefficients: (k: number, count: number) => readonly bigint[];
}

export const TERMS = 32;
/** Terms beyond it are below 2⁻⁶⁴ of the first before they are economised. */
const ECONOMISED = 16;

/** Coefficients of the Chebyshev polynomials T₀, T₁, … */
const chebyshev: number[][] = [[1], [0, 1]];
for (let n = 2; n <= ECONOMISED; n++) {
  const [a, b] = [chebyshev[n - 1]!, chebyshev[n - 2]!];
  chebyshev.push(Array.from({ length: n + 1 }, (_, i) => 2 * (a[i - 1] ?? 0) - (b[i] ?? 0)));
}

/** A polynomial of that degree for Σ aₙ hⁿ, |h| ≤ reach. */
export function economised(a: readonly number[], reach: number, degree: number): number[] {
  const change = a.map(() => 0);
  for (let n = a.length - 1; n > degree; n--) {
    // hⁿ − 2(reach/2)ⁿ Tₙ(h/reach) has lower powers only.
    const size = (a[n]! + change[n]!) * 2 * (reach / 2) ** n;
    chebyshev[n]!.forEach((t, i) => {
      change[i]! -= (size * t) / reach ** i;
    });
  }
  return a.slice(0, degree + 1).map((c, i) => c + change[i]!);
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
  for (let k = from; k <= to; k++) {
    const a = coefficients(k, ECONOMISED + 1).map(approximately);
    result.set(economised(a, 0.5 / steps, degree), (k - from) * stride);
  }
  return result;
}

/** Where the coefficient of hⁿ is in the table, for k. */
export const indexOf = ({ from }: LocalSeries, degree: number, k: number, n: number): number =>
  (k - from) * strideOf(degree) + n;
