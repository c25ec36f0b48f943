/**
 * # Counting what a block shows
 *
 * Mutable, because there are thousands of millions of answers; what leaves is plain data.
 */
import { type Format, round, toBits, ulp } from '../../spec/format.ts';
import { judge as graded } from '../../spec/grade.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';
import {
  BINS,
  type Bin,
  type Findings,
  HARDEST,
  hex,
  type Miss,
  type Near,
  type Place,
} from './result.ts';

export interface Tally {
  readonly format: Format;
  escalated: number;
  undecided: number;
  right: number;
  readonly wrong: { [bin in Bin]?: number };
  largest: Place | undefined;
  first: Miss[];
  hardest: Near[];
}

export const emptyTally = (format: Format): Tally => ({
  format,
  ...{ escalated: 0, undecided: 0, right: 0, wrong: {} },
  ...{ largest: undefined, first: [], hardest: [] },
});

export const findingsOf = (tally: Tally, inputs: number): Findings => ({
  inputs,
  escalated: tally.escalated,
  undecided: tally.undecided,
  histogram: {
    ...Object.fromEntries(BINS.map((bin) => [bin, 0])),
    right: tally.right,
    ...tally.wrong,
  } as Findings['histogram'],
  ...{ largest: tally.largest, first: tally.first, hardest: tally.hardest },
});

/** How near to a middle an exact result has to be to be among the nearest, in ulp. */
export const nearestSoFar = ({ hardest }: Tally): number =>
  hardest.length < HARDEST ? 0.5 : hardest.at(-1)!.distance;

const isBefore = (a: Near, b: Near): boolean =>
  a.distance < b.distance || (a.distance === b.distance && a.input < b.input);

export function keepNear(tally: Tally, near: Near): void {
  const at = tally.hardest.findIndex((other) => isBefore(near, other));
  tally.hardest.splice(at < 0 ? tally.hardest.length : at, 0, near);
  if (tally.hardest.length > HARDEST) tally.hardest.pop();
}

const bitsOf = (x: number, format: Format): string => hex(Number(toBits(x, format)), format.bits);

/** `ulps` from the exact result. */
export function countWrong(tally: Tally, x: number, got: number, due: number, ulps: number): void {
  const bin = binOf(ulps, got, due);
  tally.wrong[bin] = (tally.wrong[bin] ?? 0) + 1;
  const input = bitsOf(x, tally.format);
  const { largest } = tally;
  if (!largest || ulps > largest.ulps || (ulps === largest.ulps && input < largest.input))
    tally.largest = { input, ulps };
  if (tally.first.length < HARDEST)
    tally.first.push({
      input,
      ulps,
      got: bitsOf(got, tally.format),
      due: bitsOf(due, tally.format),
    });
}

const LIMITS = [1, 2, 4, 16, 256, 65_536] as const;
function binOf(ulps: number, got: number, due: number): Bin {
  if (Number.isFinite(got) !== Number.isFinite(due) || !Number.isFinite(ulps))
    return 'another kind';
  return (LIMITS.find((end) => ulps <= end)?.toString() ?? 'finite') as Bin;
}

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
  if (distance !== undefined && distance <= nearestSoFar(tally))
    keepNear(tally, { input: bitsOf(x, tally.format), distance });
}

/** Of an exact result, in decimals, from the middle between its two neighbours; 0 is no distance but a tie. */
function distanceOf({ lo, hi, value }: Certified, format: Format): number | undefined {
  if (!Number.isFinite(value) || Object.is(lo, hi)) return undefined;
  const middle = decimalOf(lo).plus(decimalOf(hi)).div(2);
  const error = middle.minus(value).abs().div(ulp(middle, format));
  const distance = error.minus(0.5).abs().toNumber();
  return distance > 0 && round(middle, format) === value ? distance : undefined;
}
