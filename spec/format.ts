/**
 * # Formats: the exact value of a float, and the float nearest to an exact value
 *
 * Floats of every format travel as JavaScript numbers that hold their exact value.
 * One rounding, to nearest, ties to even, straight from the exact value: going through float64
 * first would round twice.
 */
import { Decimal } from 'decimal.js';
import { decompose } from './exact.ts';

export interface Format {
  readonly name: string;
  readonly bits: number;
  /** Bits of the significand, the hidden one included. */
  readonly precision: number;
  /** Exponent of the largest finite value; the smallest normal one has 1 − emax. */
  readonly emax: number;
}
export const float64: Format = { name: 'float64', bits: 64, precision: 53, emax: 1023 };
export const float32: Format = { name: 'float32', bits: 32, precision: 24, emax: 127 };
export const float16: Format = { name: 'float16', bits: 16, precision: 11, emax: 15 };
export const bfloat16: Format = { name: 'bfloat16', bits: 16, precision: 8, emax: 127 };
export const formats = [float64, float32, float16, bfloat16] as const;

/** Where the true value lies: just below x, at x, or just above it. */
export type Side = -1 | 0 | 1;

/** The float nearest to a value at `x`, or just beside it. */
export function round(x: Decimal, format: Format, side: Side = 0): number {
  if (x.isZero()) return 0 * (side || x.s);
  if (!x.isFinite()) return x.toNumber();
  const outward = side * x.s;
  return x.s * nearest(x.abs(), format, outward);
}

/** The same for a value that is a float64, or just beside one. Ties are not broken by `side`. */
export function roundNumber(x: number, format: Format, side: Side = 0): number {
  if (x === 0) return 0 * (side || x);
  if (format.bits === float64.bits) return x;
  if (format.bits === float32.bits) return Math.fround(x);
  return Number.isFinite(x) ? Math.sign(x) * narrowed(Math.abs(x), format, side * Math.sign(x)) : x;
}

const float = new Float64Array(1);
const words = new DataView(float.buffer);

/** Every step is exact: a float64 has room for the few bits of these formats, and for what is cut off. */
function narrowed(x: number, { precision, emax }: Format, side: number): number {
  words.setFloat64(0, x);
  const exponent = ((words.getUint32(0) >>> 20) & 0x7ff) - 1023;
  const q = Math.max(exponent, 1 - emax) - precision + 1;
  const scaled = x * 2 ** -q;
  const steps = Math.floor(scaled);
  const beyondHalf = scaled - steps - 0.5;
  const isUp = isOutward(beyondHalf, side, steps % 2 === 1);
  const value = (isUp ? steps + 1 : steps) * 2 ** q;
  return value < 2 * 2 ** emax ? value : Infinity;
}

function nearest(x: Decimal, format: Format, side: number): number {
  if (x.e > 400) return Infinity;
  if (x.e < -400) return 0;
  const [numerator, denominator] = fraction(x);
  const q = Math.max(log2(numerator, denominator), 1 - format.emax) - format.precision + 1;
  const n = numerator << BigInt(Math.max(0, -q));
  const d = denominator << BigInt(Math.max(0, q));
  let steps = n / d;
  const beyondHalf = 2n * (n - steps * d) - d;
  if (isOutward(beyondHalf, side, (steps & 1n) === 1n)) steps++;
  const value = scale(Number(steps), q);
  return value < 2 * 2 ** format.emax ? value : Infinity;
}

/** Whether to go on to the end of a step: from beyond its middle, or from there by `side` or to even. */
const isOutward = (beyondHalf: number | bigint, side: number, isOdd: boolean): boolean =>
  beyondHalf > 0 || (beyondHalf >= 0 && (side > 0 || (side === 0 && isOdd)));

/** x as a fraction of whole numbers. No arithmetic of decimal.js: it would round. */
function fraction(x: Decimal): [bigint, bigint] {
  const [whole = '', places = ''] = x.toFixed().split('.');
  return [BigInt(whole + places), 10n ** BigInt(places.length)];
}

/** ⌊log₂ (n / d)⌋ */
function log2(n: bigint, d: bigint): number {
  const guess = n.toString(2).length - d.toString(2).length;
  // A shift by less than nothing is one to the right: n ≥ 2^g d where ⌊n / 2^g⌋ ≥ d.
  return n << BigInt(-guess) >= d ? guess : guess - 1;
}

/** n · 2^q, in two exact steps, because 2^q alone may underflow. */
function scale(n: number, q: number): number {
  const half = Math.trunc(q / 2);
  return n * 2 ** half * 2 ** (q - half);
}

/** The gap between neighbours at x: 2^(max(⌊log₂|x|⌋, 1 − emax) − precision + 1). */
export function ulp(x: Decimal, format: Format): Decimal {
  const smallest = 1 - format.emax;
  const e = x.isZero() || x.e < -400 ? smallest : Math.max(log2(...fraction(x.abs())), smallest);
  return powerOfTwo(e - format.precision + 1);
}

/** 2^k with all its digits: decimal.js's own power rounds to 20 of them. */
const powerOfTwo = (k: number): Decimal =>
  new Decimal(k < 0 ? `${5n ** BigInt(-k)}e${k}` : String(1n << BigInt(k)));

/** The bit pattern of a float of this format. */
export function toBits(x: number, format: Format): bigint {
  const stored = BigInt(format.precision - 1);
  const sign = Object.is(x, -0) || x < 0 ? 1n << BigInt(format.bits - 1) : 0n;
  const infinity = BigInt(2 * format.emax + 1) << stored;
  if (Number.isNaN(x)) return infinity | (1n << (stored - 1n));
  if (!Number.isFinite(x)) return sign | infinity;
  const { mantissa, exponent } = decompose(x);
  const length = mantissa.toString(2).length;
  const e = Math.max(exponent + length - 1, 1 - format.emax);
  const shift = BigInt(e - format.precision + 1 - exponent);
  return sign | ((mantissa >> shift) + (BigInt(e + format.emax - 1) << stored));
}

/** The float that a bit pattern stands for. */
export function fromBits(pattern: bigint, format: Format): number {
  const stored = format.precision - 1;
  const sign = (pattern >> BigInt(format.bits - 1)) & 1n ? -1 : 1;
  const biased = Number((pattern >> BigInt(stored)) & BigInt(2 * format.emax + 1));
  const fraction = Number(pattern & ((1n << BigInt(stored)) - 1n));
  if (biased === 2 * format.emax + 1) return fraction === 0 ? sign * Infinity : NaN;
  const q = Math.max(biased, 1) - format.emax - stored;
  return sign * scale(fraction + (biased === 0 ? 0 : 2 ** stored), q);
}
