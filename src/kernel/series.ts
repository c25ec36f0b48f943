/**
 * # Power series, and how far a polynomial is from one
 *
 * A series is named by its coefficients, which must not increase: 1/(i+1)!, 2/(2i+1), …
 * Then for |x| ≤ R < 1 what N terms leave out is at most s_N Rᴺ/(1 − R).
 *
 * Coefficients are integers in units of 2⁻²⁰⁰, so that differences to a float64 lose nothing.
 */
export interface Series {
  readonly name: string;
  /** The i-th coefficient in units of 2⁻²⁰⁰, with an error of at most 2⁻¹⁹⁰. */
  readonly coefficient: (i: number) => bigint;
  /** The polynomial stands for the series on [from, to], |from|, |to| < 1. */
  readonly from: number;
  readonly to: number;
}

const BITS = 200n;
const TERMS = 40;

/** n/d in units of 2⁻²⁰⁰. */
export const ratio = (n: bigint | number, d: bigint | number) => (BigInt(n) << BITS) / BigInt(d);
export const product = (a: bigint, b: bigint) => (a * b) >> BITS;
export const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));

/** Σ 1/(i 2ⁱ) = ln 2. */
export const ln2 = Array.from({ length: 220 }, (_, i) =>
  ratio(1, BigInt(i + 1) << BigInt(i + 1)),
).reduce((a, b) => a + b);

/** A float64 in units of 2⁻²⁰⁰; exact for numbers that are multiples of 2⁻²⁰⁰. */
export function exact(x: number): bigint {
  let scale = 0n;
  for (; !Number.isInteger(x); x *= 2) scale++;
  return (BigInt(x) << BITS) >> scale;
}

/** From units of 2⁻²⁰⁰ to the nearest float64 or one next to it. */
export function approximately(x: bigint): number {
  const size = x < 0n ? -x : x;
  const shift = Math.max(0, size.toString(2).length - 60);
  return Number(x >> BigInt(shift)) * 2 ** (shift - 100) * 2 ** -100;
}

/** The first coefficients of a series, nearly. */
function terms(series: Series): readonly number[] {
  const found = known.get(series);
  if (found) return found;
  const fresh = Array.from({ length: TERMS + 2 }, (_, i) => approximately(series.coefficient(i)));
  known.set(series, fresh);
  return fresh;
}
const known = new WeakMap<Series, readonly number[]>();

/** cᵢ − sᵢ, which is where the bits of a polynomial are. */
export const differences = (coefficients: readonly number[], { coefficient }: Series): number[] =>
  Array.from({ length: TERMS }, (_, i) =>
    approximately(exact(coefficients[i] ?? 0) - coefficient(i)),
  );

/** At least sup |Σ cᵢ xⁱ − Σ sᵢ xⁱ| over [lo, hi], given all cᵢ − sᵢ. */
export function distance(
  difference: readonly number[],
  series: Series,
  lo: number,
  hi: number,
): number {
  const reach = Math.max(Math.abs(lo), Math.abs(hi));
  const tail = (terms(series)[TERMS]! * reach ** TERMS) / (1 - reach);
  return farthest(difference, lo, hi) + tail * (1 + 2 ** -40) + 2 ** -180;
}

/** At least sup |p| over [lo, hi]. */
export function farthest(p: readonly number[], lo: number, hi: number): number {
  const reach = Math.max(Math.abs(lo), Math.abs(hi));
  const pieces = 8;
  const half = (hi - lo) / 2 / pieces;
  const bounds = Array.from({ length: pieces }, (_, i) => {
    // p(m + t) = Σ pⱼ tʲ, hence |p| ≤ Σ |pⱼ| halfʲ on the piece around m.
    const middle = lo + half * (2 * i + 1);
    return recentred(p, middle).reduceRight((b, c) => b * half + Math.abs(c), 0);
  });
  // The double arithmetic above errs by less than 2⁻⁴⁴ of the sum of all sizes.
  const sizes = p.reduceRight((b, c) => b * reach + Math.abs(c), 0);
  return (Math.max(...bounds) + sizes * 2 ** -44) * (1 + 2 ** -40);
}

/** The coefficients of p(m + t) as a polynomial in t. */
function recentred(p: readonly number[], m: number): number[] {
  const q = [...p];
  for (let i = 0; i < q.length; i++) {
    for (let j = q.length - 2; j >= i; j--) q[j]! += m * q[j + 1]!;
  }
  return q;
}

/** At least sup |Σ i sᵢ xⁱ⁻¹| over |x| ≤ reach; the tail is far below the 2⁻⁶⁰ that is added. */
export const steepness = (series: Series, reach: number): number => {
  const slopes = terms(series).map((s, i) => i * s);
  return slopes.slice(1).reduceRight((b, s) => b * reach + s, 0) * (1 + 2 ** -40) + 2 ** -60;
};
