/**
 * # Counting what a block shows
 *
 * Mutable, because there are thousands of millions of answers; what leaves is plain data.
 */
import { type Format, float32, round, toBits, ulp } from '../../spec/format.ts';
import { judge as graded } from '../../spec/grade.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';
import { patternOf } from './blocks.ts';
import { BINS, type Findings, HARDEST, hex } from './result.ts';

export interface Tally {
  readonly format: Format;
  escalated: number;
  undecided: number;
  right: number;
  /** In the order of `BINS`. */
  readonly wrong: number[];
  largest: Wrong | undefined;
  /** A pattern. */
  anotherKind: number;
  readonly first: Wrong[];
  readonly hardest: Hard[];
}
/** Inputs as numbers; their bits are written when all is counted. */
interface Wrong {
  readonly x: number;
  readonly pattern: number;
  readonly got: number;
  readonly due: number;
  readonly ulps: number;
}
interface Hard {
  readonly pattern: number;
  readonly distance: number;
}

export const emptyTally = (format: Format): Tally => ({
  ...{ format, escalated: 0, undecided: 0, right: 0, wrong: BINS.map(() => 0) },
  ...{ largest: undefined, anotherKind: Infinity, first: [], hardest: [] },
});

export function findingsOf(tally: Tally, inputs: number): Findings {
  const { format, escalated, undecided, right, wrong, largest, anotherKind, first, hardest } =
    tally;
  const bits = (x: number) => hex(patternIn(x, format), format.bits);
  const input = ({ pattern }: { readonly pattern: number }) => hex(pattern, format.bits);
  return {
    ...{ inputs, escalated, undecided },
    histogram: Object.fromEntries(
      BINS.map((bin, i) => [bin, i === 0 ? right : wrong[i]!]),
    ) as Findings['histogram'],
    largest: largest && { input: input(largest), ulps: largest.ulps },
    anotherKind: anotherKind === Infinity ? undefined : hex(anotherKind, format.bits),
    first: first.map((miss) => ({
      ...{ input: input(miss), ulps: miss.ulps, got: bits(miss.got), due: bits(miss.due) },
    })),
    hardest: hardest.map((hard) => ({ input: input(hard), distance: hard.distance })),
  };
}

/** All NaN are one input, as engines do not keep their other bits. */
const patternIn = (x: number, format: Format): number =>
  format === float32 && !Number.isNaN(x) ? patternOf(x) : Number(toBits(x, format));

/** What is further from a middle is not hard; to look for the nearest of those takes longer than all else. */
const NEAR = 2 ** -10;

/** How near to a middle an exact result has to be to be among the nearest, in ulp. */
export const nearestSoFar = ({ hardest }: Tally): number =>
  hardest.length < HARDEST ? NEAR : hardest.at(-1)!.distance;

export function keepNear({ hardest, format }: Tally, x: number, distance: number): void {
  const hard = { pattern: patternIn(x, format), distance };
  insert(hardest, hard, (a, b) => a.distance - b.distance || a.pattern - b.pattern);
}

/** Keeps the first few of an order. */
function insert<T>(some: T[], fresh: T, order: (a: T, b: T) => number): void {
  const at = some.findIndex((other) => order(fresh, other) < 0);
  if (at < 0 && some.length >= HARDEST) return;
  some.splice(at < 0 ? some.length : at, 0, fresh);
  if (some.length > HARDEST) some.pop();
}

/** An error up to this, of an input after those that were counted, is only counted. */
export const largestSoFar = ({ first, largest }: Tally): number =>
  first.length < HARDEST || !largest ? 0 : largest.ulps;

/** Of finite answers where finite ones are due. */
export function countSmall(tally: Tally, ulps: number): void {
  tally.wrong[binOf(ulps)]!++;
}

/** `ulps` from the exact result; a 0 of the wrong sign is none. Nothing is made of what is only counted: there may be thousands of millions. */
export function countWrong(tally: Tally, x: number, got: number, due: number, error: number): void {
  const ulps = got === due ? 0 : error;
  const pattern = patternIn(x, tally.format);
  const { largest, first } = tally;
  const bin = Number.isFinite(got) && Number.isFinite(due) ? binOf(ulps) : ANOTHER_KIND;
  tally.wrong[bin]!++;
  if (bin === ANOTHER_KIND) tally.anotherKind = Math.min(tally.anotherKind, pattern);
  else if (!largest || ulps > largest.ulps || (ulps === largest.ulps && pattern < largest.pattern))
    tally.largest = { x, pattern, got, due, ulps };
  if (first.some((miss) => miss.pattern === pattern)) return;
  if (first.length < HARDEST || pattern < first.at(-1)!.pattern)
    insert(first, { x, pattern, got, due, ulps }, (a, b) => a.pattern - b.pattern);
}

const ANOTHER_KIND = BINS.length - 1;
/** The place in `BINS`, from 1 on. */
function binOf(ulps: number): number {
  if (!Number.isFinite(ulps)) return ANOTHER_KIND;
  let bin = 1;
  while (bin < ANOTHER_KIND - 1 && ulps > LIMITS[bin]!) bin++;
  return bin;
}
const LIMITS = BINS.map(Number);

/** Whether two results are one; the sign of a zero counts only if it is stated. Any NaN is NaN. */
export const isSame = (a: number, b: number, signed: boolean): boolean =>
  Object.is(a, b) || (!signed && a === b);

/** An answer beside the oracle's cell. */
export function countCertified(tally: Tally, x: number, got: number, cell: Certified): void {
  const { value, signed } = cell;
  const isRight = isSame(got, value, signed);
  if (isRight) tally.right++;
  else countWrong(tally, x, got, value, graded(got, cell, tally.format).ulps);
  const distance = distanceOf(cell, tally.format);
  if (distance !== undefined && distance <= nearestSoFar(tally)) keepNear(tally, x, distance);
}

/** Of an exact result, in decimals, from the middle between its two neighbours; 0 is no distance but a tie. */
function distanceOf({ lo, hi, value }: Certified, format: Format): number | undefined {
  if (!Number.isFinite(value) || Object.is(lo, hi)) return undefined;
  const middle = decimalOf(lo).plus(decimalOf(hi)).div(2);
  const error = middle.minus(value).abs().div(ulp(middle, format));
  const distance = error.minus(0.5).abs().toNumber();
  return distance > 0 && round(middle, format) === value ? distance : undefined;
}
