/**
 * # What is allowed around a result
 *
 * The outermost floats that the judge still accepts, found by asking the judge: steps away from the
 * correctly rounded result are doubled until it refuses, and halved until the last float is found
 * that it accepts. What it accepts has no gaps, as errors only grow with the distance.
 */
import { fromRank, rank } from '../../properties/floats.ts';
import type { Format } from '../../spec/format.ts';

/** A number passes if lo ≤ number ≤ hi; where NaN is due both are NaN. */
export interface Allowed {
  readonly lo: number;
  readonly hi: number;
  /** 0 is allowed, but only with the sign of the correctly rounded result. */
  readonly isSigned: boolean;
}

export function allowedAround(
  due: number,
  accepts: (got: number) => boolean,
  format: Format,
): Allowed {
  if (Number.isNaN(due)) return { lo: NaN, hi: NaN, isSigned: false };
  // −0 and +0 are at the same place.
  const isFine = (r: bigint): boolean =>
    r === 0n ? accepts(0) || accepts(-0) : accepts(fromRank(r, format));
  const at = rank(due, format);
  const most = rank(Infinity, format);
  const down = reach((steps) => at - steps >= -most && isFine(at - steps));
  const up = reach((steps) => at + steps <= most && isFine(at + steps));
  const end = (r: bigint): number => (r === 0n && due === 0 ? due : fromRank(r, format));
  const [lo, hi] = [end(at - down), end(at + up)];
  return { lo, hi, isSigned: lo <= 0 && hi >= 0 && accepts(0) !== accepts(-0) };
}

/** Where four ulps end most often: half an ulp is spent on rounding. */
const LIKELY = 3n;

/** The largest number of steps that is fine, if all smaller ones are; 0 always is. */
function reach(isFine: (steps: bigint) => boolean): bigint {
  const isLikely = isFine(LIKELY);
  let [fine, bad] = isLikely ? [LIKELY, LIKELY + 1n] : [0n, LIKELY];
  while (isLikely && isFine(bad)) [fine, bad] = [bad, 2n * bad];
  while (bad - fine > 1n) {
    const middle = (fine + bad) / 2n;
    if (isFine(middle)) fine = middle;
    else bad = middle;
  }
  return fine;
}
