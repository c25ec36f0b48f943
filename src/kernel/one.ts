/**
 * # A kernel of one element, correctly rounded
 *
 * By the precise reading as JavaScript, and where that cannot decide by what always can: next to 0
 * by a rule, else by pairs of doubles, else by fractions.
 */
import { scaled } from '../math/scaled.ts';
import { besideZero, NEAR, type Rule, ruleOf, SMALL } from './beside-zero.ts';
import type { Origin } from './compile.ts';
import { type Inputs, longTimes, longValue, twoProduct, twoSum } from './double.ts';
import { type Kernel, type Numbers, PRECISE } from './kernel.ts';
import { kernelFunction, type Reader } from './number.ts';
import { rationalValue } from './rational.ts';
import { roundFraction, roundSum } from './round.ts';

/** The kernel of one element times a factor, rounded once. */
export type Rounded = (x: number, factor?: number) => number;

/**
 * The correctly rounded kernel at values of its parameters; those of the last call are kept.
 * Without a function for the precise reading, pairs of doubles do it all.
 */
export function roundedFunction(kernel: Kernel, origin?: Origin): (numbers: Numbers) => Rounded {
  let read: ((numbers: Numbers) => Reader) | undefined;
  let latest: { readonly numbers: Numbers; readonly rounded: Rounded } | undefined;
  return (numbers) => {
    if (latest?.numbers.every((n, i) => Object.is(n, numbers[i]))) return latest.rounded;
    // Nothing is compiled before the first element.
    const reader = (): Reader => {
      read ??= kernelFunction(kernel, origin) ?? ((list) => longReader(kernel, list));
      return read(numbers);
    };
    const rounded = kernel.isExact(numbers) ? plain(reader) : checked(kernel, numbers, reader);
    latest = { numbers: [...numbers], rounded };
    return rounded;
  };
}

function plain(reader: () => Reader): Rounded {
  const unused = new Float64Array(1);
  let read: Reader | undefined;
  return (x, factor = 1) => {
    read ??= reader();
    return Math.fround(scaled(read(x, unused), factor));
  };
}

function checked(kernel: Kernel, numbers: Numbers, reader: () => Reader): Rounded {
  const size = kernel.scale && new Float64Array(1);
  const unused = new Float64Array(1);
  const rule = rulesOf(kernel, numbers);
  let read: Reader | undefined;
  return (x, factor = 1) => {
    if (Number.isNaN(x)) return NaN;
    const near = Math.abs(x) < SMALL ? rule(x) : undefined;
    const beside = near?.isFlat ? besideZero(near, x, factor) : undefined;
    if (beside !== undefined) return beside;
    read ??= reader();
    const v = read(x, size ?? unused);
    if (!Number.isFinite(x)) return atInfinity(v, factor);
    const y = Number.isFinite(factor) ? v * factor : scaled(v, factor);
    const margin = size ? size[0]! * factor * PRECISE : 0;
    const low = Math.fround(size ? y - margin : y * (1 - PRECISE));
    const high = Math.fround(size ? y + margin : y * (1 + PRECISE));
    if (low === high || !Number.isFinite(y)) return Math.fround(y);
    return exactly(kernel, x, factor, numbers, rule);
  };
}

/** The limit itself meets an infinite factor; else float64 is near enough to it. */
function atInfinity(v: number, factor: number): number {
  if (!Number.isFinite(factor) || !Number.isFinite(v)) return scaled(Math.fround(v), factor);
  return roundSum(...twoProduct(v, factor));
}

const inputsOf = ({ x, parameters }: Kernel, value: number, numbers: Numbers): Inputs => [
  [x, value],
  ...parameters.map((parameter, i) => [parameter, numbers[i]!] as const),
];

function longReader(kernel: Kernel, numbers: Numbers): Reader {
  return (x, size) => {
    const inputs = inputsOf(kernel, x, numbers);
    if (kernel.scale) size[0] = longValue(kernel.scale.precise, inputs).pair[0];
    return longValue(kernel.precise, inputs).pair[0];
  };
}

/** The radius of the rounding test for double-double, far above its error of some 2⁻¹⁰⁰. */
export const EXACT = 2 ** -95;

/** The correctly rounded kernel of one finite element times a factor, by what always decides. */
export function exactly(
  kernel: Kernel,
  value: number,
  factor = 1,
  numbers: Numbers = [],
  rule = rulesOf(kernel, numbers),
): number {
  const inputs = inputsOf(kernel, value, numbers);
  const long = longTimes(longValue(kernel.precise, inputs), factor);
  const [high, low] = long.pair;
  if (long.isExact) return roundSum(high, low);
  const size = kernel.scale ? longValue(kernel.scale.precise, inputs).pair[0] * factor : high;
  const margin = Math.abs(size) * EXACT;
  const down = roundSum(...twoSum(high, low - margin));
  if (Object.is(down, roundSum(...twoSum(high, low + margin)))) return down;
  const fraction = rationalValue(kernel.precise, inputs);
  if (fraction) return roundFraction(fraction, factor);
  if (value === 0) return roundSum(high, low);
  const beside = Math.abs(value) < NEAR ? besideZero(rule(value), value, factor) : undefined;
  if (beside !== undefined) return beside;
  throw new Error(`${kernel.name}(${value}) cannot be rounded`);
}

/** The rules on both sides of 0, each found when it is first asked for. */
function rulesOf(kernel: Kernel, numbers: Numbers): (x: number) => Rule | undefined {
  const f = (at: number) => longValue(kernel.precise, inputsOf(kernel, at, numbers)).pair;
  let below: Found;
  let above: Found;
  return (x) => {
    if (x === 0) return undefined;
    if (x < 0) below ??= [ruleOf(f, -1)];
    else above ??= [ruleOf(f, 1)];
    return (x < 0 ? below : above)?.[0];
  };
}
type Found = readonly [Rule | undefined] | undefined;
