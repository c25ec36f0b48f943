/**
 * # A kernel on each element, correctly rounded
 *
 * Three readings of one formula, each asked only about what the one before could not decide:
 *
 *     fast      SIMD, error < 2⁻⁴²      leaves about one vector in 30 000
 *     precise   SIMD, error < 2⁻⁴⁹      leaves a few hundred float32 of all 2³²
 *     exact     pairs of doubles        decides those
 *
 * A correctly rounded result is unique, so it is the same with and without fused multiply-add, in
 * WebAssembly and in plain JavaScript. Nothing is compiled before the first call.
 */
import { scaled } from '../math/scaled.ts';
import type { Origin } from './compile.ts';
import { doubleDouble, multiply } from './double.ts';
import { type Expression, input } from './expression.ts';
import { elementwiseModule, type Kernel, PRECISE, productModule } from './module.ts';
import { numberFunction } from './number.ts';
import { fastestOf, instantiate, type Reading } from './reading.ts';
import { HEAP } from './simd.ts';

/** y[i] = f(x[i]); x and y may be the same array. */
export type Run = (x: Float32Array, y: Float32Array) => void;

/** The kernel of a formula that is written for two precisions. */
export function kernelOf(
  name: string,
  formula: (x: Expression, precise: boolean) => Expression,
): Kernel {
  const x = input('x');
  return { name, x, fast: formula(x, false), precise: formula(x, true) };
}

/** The kernel in one reading, or undefined where the engine cannot run it. */
export function readAs(kernel: Kernel, reading: Reading): Run | undefined {
  if (reading === 'fma' || reading === 'simd') return simd(kernel, reading === 'fma');
  const rounded = roundedIn(kernel, reading);
  return (
    rounded &&
    ((x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = rounded(x[i]!);
    })
  );
}

function roundedIn(kernel: Kernel, reading: 'javascript' | 'generated') {
  const origin = reading === 'javascript' ? 'compiled' : 'generated';
  const exists = numberFunction(kernel.precise, kernel.x, origin) !== undefined;
  return exists ? roundedFunction(kernel, PRECISE, origin) : undefined;
}

/** The kernel in the fastest reading that the engine can run, found at the first call. */
export function fastest(kernel: Kernel): Run {
  const run = fastestOf((reading) => readAs(kernel, reading));
  return (x, y) => run()(x, y);
}

/** y[i] = f(x[i])·u[i], rounded once; y may be x or u. */
export type Product = (x: Float32Array, u: Float32Array, y: Float32Array) => void;

/** The kernel times a cotangent in the fastest reading. */
export function fastestProduct(kernel: Kernel): Product {
  const run = fastestOf((reading) => productAs(kernel, reading));
  return (x, u, y) => run()(x, u, y);
}

/** The same in one reading. */
export function productAs(kernel: Kernel, reading: Reading): Product | undefined {
  if (reading === 'fma' || reading === 'simd') return simdProduct(kernel, reading === 'fma');
  const rounded = roundedIn(kernel, reading);
  return (
    rounded &&
    ((x, u, y) => {
      for (let i = 0; i < x.length; i++) y[i] = rounded(x[i]!, u[i]!);
    })
  );
}

/** Elements per round: x, y, u and the list fit into the memory's only page, and into L1. */
const BLOCK = 4096;
const LIST = HEAP;
const X = LIST + BLOCK;
const Y = X + 4 * BLOCK;
const U = Y + 4 * BLOCK;

/** Sharing memory with the caller is not worth it: copying costs a tenth. */
function simd(kernel: Kernel, fused: boolean): Run | undefined {
  const exports = instantiate(elementwiseModule(kernel, fused));
  if (!exports) return undefined;
  const { buffer } = exports.memory as WebAssembly.Memory;
  const fast = exports.fast as (x: number, y: number, end: number, list: number) => number;
  const x = new Float32Array(buffer, X, BLOCK);
  const y = new Float32Array(buffer, Y, BLOCK);
  const list = new Uint32Array(buffer, LIST, BLOCK / 4);
  const rounded = roundedFunction(kernel);

  return (values, out) => {
    for (let start = 0; start < values.length; start += BLOCK) {
      const n = Math.min(BLOCK, values.length - start);
      x.set(values.subarray(start, start + n));
      const undecided = (fast(X, Y, X + 4 * n, LIST) - LIST) / 4;
      for (let u = 0; u < undecided; u++) {
        const first = (list[u]! - X) / 4;
        for (let i = first; i < first + 4; i++) y[i] = rounded(x[i]!);
      }
      out.set(y.subarray(0, n), start);
    }
  };
}

/** The same, times u; an infinite u may meet a slope that is 0. */
function simdProduct(kernel: Kernel, fused: boolean): Product | undefined {
  const exports = instantiate(productModule(kernel, fused));
  if (!exports) return undefined;
  const { buffer } = exports.memory as WebAssembly.Memory;
  const run = exports.product as (
    x: number,
    y: number,
    end: number,
    list: number,
    u: number,
  ) => number;
  const [x, y, u] = [X, Y, U].map((at) => new Float32Array(buffer, at, BLOCK)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const list = new Uint32Array(buffer, LIST, BLOCK / 4);
  const rounded = roundedFunction(kernel);

  return (values, factors, out) => {
    for (let start = 0; start < values.length; start += BLOCK) {
      const n = Math.min(BLOCK, values.length - start);
      x.set(values.subarray(start, start + n));
      u.set(factors.subarray(start, start + n));
      const undecided = (run(X, Y, X + 4 * n, LIST, U) - LIST) / 4;
      for (let k = 0; k < undecided; k++) {
        const first = (list[k]! - X) / 4;
        for (let i = first; i < first + 4; i++) y[i] = rounded(x[i]!, u[i]!);
      }
      for (let i = 0; i < n; i++) if (!Number.isFinite(u[i])) y[i] = rounded(x[i]!, u[i]!);
      out.set(y.subarray(0, n), start);
    }
  };
}

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
const EXACT = 2 ** -95;

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
const NEAR = 2 ** -20;

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
