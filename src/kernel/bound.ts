/**
 * # Arithmetic on errors
 *
 * A `Value` encloses an exact number and bounds how far the computed one is from it. Operations err
 * by at most 2⁻⁵³ of their result, except where they are exact: on multiples of 2^grid whose result
 * is below 2^(grid + 53). That rule finds Sterbenz subtractions, k·LN2_HIGH, 2ᵏ − 1 and so on.
 *
 * Bounds are computed in float64 and widened by 2⁻⁵⁰ at each step, which covers their own rounding.
 */
export interface Value {
  /** The exact value lies in [lo, hi]. */
  readonly lo: number;
  readonly hi: number;
  /** |computed − exact| ≤ absolute, and ≤ relative·|exact|. */
  readonly absolute: number;
  readonly relative: number;
  /** The computed value is a multiple of 2^grid. */
  readonly grid: number;
}

/** The piece of input is too large to say anything. */
export class TooWide extends Error {}

export const UNIT = 2 ** -53;
const NORMAL = 2 ** -1000;
export const up = (x: number) => x + Math.abs(x) * 2 ** -50 + 2 ** -1070;
export const down = (x: number) => x - Math.abs(x) * 2 ** -50 - 2 ** -1070;
export const most = (v: { lo: number; hi: number }) => Math.max(Math.abs(v.lo), Math.abs(v.hi));
export const least = (v: { lo: number; hi: number }) => (v.lo > 0 ? v.lo : v.hi < 0 ? -v.hi : 0);

/** The best of two ways to know the error. What overflowed on the way says nothing. */
export function value(
  lo: number,
  hi: number,
  absolute: number,
  relative: number,
  grid = -Infinity,
): Value {
  if (!(lo <= hi)) throw new TooWide();
  const byValue = known(absolute);
  const bySize = known(relative);
  return {
    lo,
    hi,
    grid,
    absolute: Math.min(byValue, known(up(bySize * most({ lo, hi })))),
    relative: byValue === 0 ? 0 : Math.min(bySize, known(up(byValue / least({ lo, hi })))),
  };
}
const known = (bound: number): number => (bound >= 0 ? bound : Infinity);

/** A number that is known and computed without error. */
const isPoint = (v: Value) => v.lo === v.hi && v.absolute === 0;
const isPowerOfTwo = (v: Value) =>
  isPoint(v) && v.lo !== 0 && Math.abs(v.lo) === 2 ** Math.round(Math.log2(Math.abs(v.lo)));

/** The largest g for which x is a multiple of 2^g. */
export function gridOf(x: number): number {
  if (x === 0) return 1100;
  if (!Number.isFinite(x)) return -Infinity;
  let g = Math.floor(Math.log2(Math.abs(x))) + 1;
  while (!Number.isInteger(x / 2 ** g)) g--;
  return g;
}

/** The result of an operation on two known numbers, if it is exact. */
function point(a: Value, b: Value, result: number, grid: number): Value | undefined {
  const exactly = isPoint(a) && isPoint(b) && Math.abs(result) <= 2 ** (grid + 53);
  return exactly ? value(result, result, 0, 0, grid) : undefined;
}

/** A result before rounding, and its computed value after it. */
function rounded(v: Value, exactly: boolean): Value {
  const largest = up(most(v) + v.absolute);
  if (exactly || largest === 0 || (v.grid > -Infinity && largest <= 2 ** (v.grid + 53))) return v;
  const relative = least(v) > NORMAL ? up(v.relative + UNIT * (1 + v.relative)) : Infinity;
  return value(v.lo, v.hi, up(v.absolute + UNIT * largest + 2 ** -1074), relative);
}

/** [lo, hi] as an input that is exact: a float32. */
export function float32Input(lo: number, hi: number): Value {
  const small = least({ lo, hi });
  return value(
    lo,
    hi,
    0,
    0,
    small === 0 ? -149 : Math.max(-149, Math.floor(Math.log2(small)) - 23),
  );
}

/** A parameter that is known, or a multiple of 2^grid in [lo, hi]. */
export const parameter = (lo: number, hi = lo, grid = gridOf(lo)): Value =>
  value(lo, hi, 0, 0, grid);

export const negated = (a: Value): Value => ({ ...a, lo: -a.hi, hi: -a.lo });

export function add(a: Value, b: Value): Value {
  if (isPoint(a) && a.lo === 0) return b;
  if (isPoint(b) && b.lo === 0) return a;
  const grid = Math.min(a.grid, b.grid);
  const known = point(a, b, a.lo + b.lo, grid);
  if (known) return known;
  const sameSign = (a.lo >= 0 && b.lo >= 0) || (a.hi <= 0 && b.hi <= 0);
  return rounded(
    value(
      down(a.lo + b.lo),
      up(a.hi + b.hi),
      a.absolute + b.absolute === 0 ? 0 : up(a.absolute + b.absolute),
      sameSign ? Math.max(a.relative, b.relative) : Infinity,
      grid,
    ),
    false,
  );
}

export function multiply(a: Value, b: Value, square: boolean): Value {
  const known = point(a, b, a.lo * b.lo, a.grid + b.grid);
  if (known) return known;
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  const lo = square ? least(a) ** 2 : Math.min(...corners);
  const absolute = a.absolute * most(b) + b.absolute * most(a) + a.absolute * b.absolute;
  const relative = a.relative + b.relative + a.relative * b.relative;
  const exactly = isPowerOfTwo(a) || isPowerOfTwo(b);
  const isKnown = a.absolute === 0 && b.absolute === 0;
  const [error, ofResult] = isKnown ? [0, 0] : [up(absolute), up(relative)];
  return rounded(
    value(down(lo), up(Math.max(...corners)), error, ofResult, a.grid + b.grid),
    exactly,
  );
}

export function divide(a: Value, b: Value): Value {
  const room = least(b) - b.absolute;
  if (!(room > 0)) throw new TooWide();
  if (isPoint(a) && a.lo === 0) return a;
  const corners = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  const lo = down(Math.min(...corners));
  const hi = up(Math.max(...corners));
  const absolute = (a.absolute + most({ lo, hi }) * b.absolute) / down(room);
  const relative = b.relative < 1 ? (a.relative + b.relative) / (1 - b.relative) : Infinity;
  return rounded(value(lo, hi, up(absolute), up(relative)), false);
}

export function root(a: Value): Value {
  const room = a.lo - a.absolute;
  if (!(room >= 0)) throw new TooWide();
  const [lo, hi] = [Math.sqrt(a.lo), Math.sqrt(a.hi)];
  // |√c − √e| = |c − e|/(√c + √e), and √(1 + δ) − 1 is at most |δ|/(1 + √(1 − |δ|)).
  const absolute = a.absolute === 0 ? 0 : a.absolute / (Math.sqrt(room) + lo);
  const delta = a.relative;
  const relative = delta < 1 ? delta / (1 + Math.sqrt(1 - delta)) : Infinity;
  return rounded(value(down(lo), up(hi), up(absolute), up(relative)), false);
}

/** min or max. */
export function ordered(a: Value, b: Value, pick: (x: number, y: number) => number): Value {
  const same = value(
    pick(a.lo, b.lo),
    pick(a.hi, b.hi),
    Math.max(a.absolute, b.absolute),
    Math.max(a.relative, b.relative),
    Math.min(a.grid, b.grid),
  );
  for (const v of [a, b]) if (same.lo === v.lo && same.hi === v.hi) return v;
  return same;
}

export function branch(a: Value, b: Value, yes: () => Value, no: () => Value): Value {
  if (a.hi + a.absolute < b.lo - b.absolute) return yes();
  if (a.lo - a.absolute >= b.hi + b.absolute) return no();
  throw new TooWide();
}
