/**
 * # Floats to try: from everywhere, and from where something happens
 *
 * A bell curve meets neither tails nor subnormals. These are drawn as positions on the number line of
 * their format, so that subnormals and huge values are as likely as others; from the neighbourhood
 * of every point where something happens; and from the short numbers of every day. They shrink to
 * what a person would have written: small whole numbers first, then few significant bits.
 */
import fc from 'fast-check';
import { decompose } from '../spec/exact.ts';
import { type Format, float32, fromBits, toBits } from '../spec/format.ts';

/**
 * What reals are drawn from, given where they must stay, where something happens, and (if stated)
 * which values keep results exact.
 */
export type Draw = (
  range: readonly [number, number],
  points: readonly number[],
  exact?: readonly number[],
) => fc.Arbitrary<number>;

/** Position on the number line: neighbours differ by one, −0 and +0 are both at 0. */
export function rank(x: number, format: Format): bigint {
  const position = toBits(Math.abs(x), format);
  return x < 0 ? -position : position;
}
export const fromRank = (r: bigint, format: Format): number =>
  r < 0n ? -fromBits(-r, format) : fromBits(r, format);

const largest = (format: Format): number => fromRank(rank(Infinity, format) - 1n, format);

/**
 * Where float32 implementations change their mind: 1; σ and 1 + e^−x round to 1 (24 ln 2, 25 ln 2);
 * e^x overflows; e^−x is subnormal; e^−x rounds to 0.
 */
export const TURNING_POINTS: readonly number[] = [
  0, 1, 16.635532, 17.32868, 88.72284, 87.33655, 103.97208,
].flatMap((x) => [x, -x]);

/** Position of the largest finite float that is not beyond an end, which may be no float itself. */
function highest(end: number, format: Format): bigint {
  const r = rank(Math.min(end, largest(format)), format);
  return fromRank(r, format) > end ? r - 1n : r;
}

/** Finite floats of a format: everyday ones, any, and neighbours of the points. */
export const floats =
  (format: Format = float32): Draw =>
  ([min, max], points) => {
    const low = -highest(-min, format);
    const high = highest(max, format);
    const within = (r: bigint): bigint => (r < low ? low : r > high ? high : r);
    const any = fc.bigInt({ min: low, max: high });
    const near = fc
      .tuple(fc.constantFrom(...TURNING_POINTS, ...points), fc.bigInt({ min: -3n, max: 3n }))
      .map(([point, steps]) => within(rank(point, format) + steps));
    return simplest(
      fc.oneof(
        dyadic(Math.min(10, format.precision - 6))([min, max], points),
        fc.oneof(any, near).map((r) => fromRank(r, format)),
      ),
      (x) => x >= min && x <= max && fromRank(rank(x, format), format) === x,
    );
  };

/** The same, and ±∞, NaN and −0. */
export const extended =
  (format: Format = float32): Draw =>
  (range, points) => {
    const legal = [-Infinity, Infinity, NaN, -0].filter(
      (x) => Number.isNaN(x) || (x >= range[0] && x <= range[1]),
    );
    const [min, max] = range;
    const allowed =
      Number.isFinite(min) || Number.isFinite(max) ? legal.filter((x) => x === 0) : legal;
    const finite = floats(format)(range, points);
    if (allowed.length === 0) return finite;
    return fc.oneof({ weight: 3, arbitrary: finite }, fc.constantFrom(...allowed));
  };

/** Multiples of 2^−places of everyday size. With few places, sums of them are exact in any order. */
export const dyadic =
  (places: number, size = 20): Draw =>
  ([min, max]) => {
    const scale = 2 ** places;
    const [low, high] = [Math.max(min, -size), Math.min(max, size)];
    return fc
      .integer({ min: Math.ceil(low * scale), max: Math.floor(high * scale) })
      .map((n) => n / scale);
  };

/** For tests of meaning with tolerance zero: the values that the definition states, or multiples of ¼. */
export const exactData: Draw = (range, points, exact) =>
  exact ? fc.constantFrom(...exact) : dyadic(2, 5)(range, points);

/** Draws from another arbitrary, but shrinks to the simplest legal numbers. */
export const simplest = (
  drawn: fc.Arbitrary<number>,
  isLegal: (x: number) => boolean,
): fc.Arbitrary<number> => new Simplest(drawn, isLegal);

class Simplest extends fc.Arbitrary<number> {
  readonly drawn: fc.Arbitrary<number>;
  readonly isLegal: (x: number) => boolean;

  constructor(drawn: fc.Arbitrary<number>, isLegal: (x: number) => boolean) {
    super();
    this.drawn = drawn;
    this.isLegal = isLegal;
  }
  override generate(random: fc.Random, bias: number | undefined): fc.Value<number> {
    return new fc.Value(this.drawn.generate(random, bias).value, undefined);
  }
  override canShrinkWithoutContext(x: unknown): x is number {
    return typeof x === 'number' && this.isLegal(x);
  }
  override shrink(x: number): fc.Stream<fc.Value<number>> {
    const simpler = simplifications(x).filter((y) => this.isLegal(y) && !Object.is(y, x));
    return fc.Stream.of(...simpler.map((y) => new fc.Value(y, undefined)));
  }
}

/** A whole number that people write without an exponent. */
const isEveryday = (x: number): boolean => Number.isInteger(x) && Math.abs(x) <= 2 ** 20;

/** Simpler numbers than x, the simplest first; no chain of them is endless. */
export function simplifications(x: number): readonly number[] {
  if (x === 0) return Object.is(x, -0) ? [0] : [];
  if (!Number.isFinite(x)) return [0];
  if (isEveryday(x)) return towardsZero(x);
  const whole = Math.trunc(x);
  const everyday = [0, whole, whole + Math.sign(x)].filter(isEveryday);
  const { mantissa, exponent } = odd(x);
  const sign = Math.sign(x);
  const bits = mantissa.toString(2).length;
  const shorter = Array.from({ length: bits - 1 }, (_, kept) => {
    const dropped = bits - 1 - kept;
    return sign * Number(mantissa >> BigInt(dropped)) * 2 ** (exponent + dropped);
  });
  const nearer = [exponent >> 1, exponent + (exponent < 0 ? 1 : -1)]
    .filter((e) => Math.abs(e) < Math.abs(exponent))
    .map((e) => sign * Number(mantissa) * 2 ** e);
  return [...everyday, ...shorter, ...nearer];
}

/** 0, x/2, x − x/4, …, x ∓ 1, each a whole number. */
function towardsZero(x: number): readonly number[] {
  const steps: number[] = [];
  for (let gap = x; Math.abs(gap) >= 1; gap = Math.trunc(gap / 2)) steps.push(x - gap);
  return steps;
}

/** |x| = mantissa · 2^exponent with an odd mantissa. */
function odd(x: number): { mantissa: bigint; exponent: number } {
  let { mantissa, exponent } = decompose(x);
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return { mantissa, exponent };
}
