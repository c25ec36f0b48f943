/**
 * # A kernel of one element, correctly rounded
 *
 * By the precise reading as JavaScript, and where that cannot decide by pairs of doubles.
 */
import { scaled } from '../math/scaled.ts';
import type { Origin } from './compile.ts';
import { doubleDouble, multiply } from './double.ts';
import { type Kernel, PRECISE } from './module.ts';
import { numberFunction } from './number.ts';

/**
 * The kernel of one element times a factor, correctly rounded; `radius` is above the error of the
 * precise reading. Results at 0 and ±∞ are taken as they are: with a factor they may be ties.
 * Without a function for the precise reading, pairs of doubles do it all.
 */
export function roundedFunction(
  kernel: Kernel,
  radius = PRECISE,
  origin?: Origin,
): (x: number, factor?: number) => number {
  let precise: ((x: number) => number) | undefined;
  const slow = (x: number) => doubleDouble(kernel.precise, kernel.x, x)[0];
  return (x, factor = 1) => {
    if (Number.isNaN(x)) return NaN;
    precise ??= numberFunction(kernel.precise, kernel.x, origin) ?? slow;
    if (!Number.isFinite(x)) return scaled(Math.fround(precise(x)), factor);
    const y = precise(x) * factor;
    const low = Math.fround(y * (1 - radius));
    const high = Math.fround(y * (1 + radius));
    if (low === high || Number.isNaN(y) || x === 0) return Math.fround(y);
    return exactly(kernel, x, factor);
  };
}

/** The radius of the rounding test for double-double, far above its error of some 2⁻¹⁰⁰. */
export const EXACT = 2 ** -95;

/** The correctly rounded kernel of one finite element times a factor, by pairs of doubles. */
export function exactly(kernel: Kernel, value: number, factor = 1): number {
  const pair = doubleDouble(kernel.precise, kernel.x, value);
  const [high, low] = factor === 1 ? pair : multiply(pair, [factor, 0]);
  const down = roundSum(high, low - Math.abs(high) * EXACT);
  if (Object.is(down, roundSum(high, low + Math.abs(high) * EXACT))) return down;
  if (Math.abs(value) < NEAR) return besideZero(kernel, Math.sign(value), factor);
  throw new Error(`${kernel.name}(${value}) cannot be rounded`);
}

/**
 * Up to here slopes are monotone on either side of 0, and further from it than the error of
 * precise.
 */
export const NEAR = 2 ** -20;

/**
 * Next to 0 a slope is ¼, ½ or 1 and less than any pair of doubles holds. Times a cotangent that
 * can be beside a tie of subnormal float32; then it matters on which side.
 */
function besideZero({ x, precise }: Kernel, sign: number, factor: number): number {
  const slope = (at: number) => doubleDouble(precise, x, at)[0];
  const difference = slope(sign * NEAR) - slope(0);
  return roundSum(slope(0) * factor, difference * factor);
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** high + low as a float32, rounded once: by way of a float64 whose last bit says there is more. */
function roundSum(high: number, low: number): number {
  if (low === 0) return Math.fround(high);
  float[0] = high;
  if (low < 0 !== high < 0) bits[0]!--;
  bits[0]! |= 1n;
  return Math.fround(float[0]);
}
