/**
 * # A machine that rounds to one format after every operation
 *
 * +, −, ×, ÷ and √ are those of float64, rounded: with at least twice the digits and two more, that is
 * the same as one rounding. e^x, ln x and powers are those of `spec/arithmetic/elementary.ts`, which
 * has the same bits on every engine, rounded; where its error leaves two floats open, the oracle
 * decides. So every result is the correctly rounded one. In float64 there is no oracle behind them:
 * that machine is for comparison only.
 */
import * as elementary from '../../spec/arithmetic/elementary.ts';
import { type Format, float64, roundNumber } from '../../spec/format.ts';
import { log, power, type Real, real } from '../../spec/functions.ts';
import { certify } from '../../spec/oracle/index.ts';

export interface Machine {
  readonly format: Format;
  round(x: number): number;
  exp(x: number): number;
  log(x: number): number;
  /** x to the power of a constant that is not rounded. */
  power(x: number, exponent: number): number;
}

/** Beyond, e^x is ∞ or 0 in all narrower formats. */
const FAR = 700;

export const machineOf = (format: Format): Machine => ({
  format,
  round: (x) => roundNumber(x, format),
  exp: (x) => (x === 0 ? 1 : nearest(format, grown(x), 1, () => power(real(x)))),
  log: (x) => nearest(format, logarithm(x), 1, () => log(real(x))),
  power: (x, exponent) => raised(format, x, exponent),
});

/** The float nearest to what float64 has as `y`, with an error of so many times that of the elementary functions. */
function nearest(format: Format, y: number, errors: number, formula: () => Real): number {
  if (y === 0 || !Number.isFinite(y) || format.bits === float64.bits) return roundNumber(y, format);
  const error = errors * elementary.ERROR;
  const [low, high] = [y * (1 - error), y * (1 + error)].map((end) => roundNumber(end, format));
  return low === high ? low! : certify('nan', format, false, () => [formula()])[0]!.value;
}

/** e^x in float64. */
function grown(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > FAR) return x > 710 ? Infinity : squared(elementary.exp(x / 2));
  return x < -FAR ? 0 : elementary.exp(x);
}

const squared = (x: number): number => x * x;

/** ln x in float64. */
function logarithm(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity || x < 2 ** -1022) return x === Infinity ? x : logarithm(x * 2 ** 60) - LN;
  return elementary.log(x);
}
/** 60 ln 2 */
const LN = 41.58883083359672;

function raised(format: Format, x: number, k: number): number {
  if (k === 0) return 1;
  if (k === 1) return x;
  if (k === 2) return roundNumber(x * x, format);
  if (!(x > 0) || x === 1 || x === Infinity) return edge(x, k);
  const t = k * logarithm(x);
  return nearest(format, grown(t), 3 + 3 * Math.abs(t), () => powerOf(real(x), k));
}

/** Where x has no logarithm that helps; a negative x has no power here. */
const edge = (x: number, k: number): number => (x === 1 || x >= 0 ? x ** k : NaN);

/** Whole powers are products, so that those that are ties are points. */
export function powerOf(x: Real, k: number): Real {
  if (k === 0) return real(1);
  if (Number.isInteger(k) && Math.abs(k) <= 16) {
    const whole = Array.from({ length: Math.abs(k) - 1 }).reduce((y: Real) => y.times(x), x);
    return k > 0 ? whole : real(1).div(whole);
  }
  if (x.sign() === 0) return real(k > 0 ? 0 : Infinity);
  return power(log(x).times(k));
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** The gap between floats at a finite x, as `ulp` has it, but as a number and fast. */
export function gapAt(x: number, { precision, emax }: Format): number {
  float[0] = x;
  const exponent = ((words[1]! >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, 1 - emax) - precision + 1);
}
