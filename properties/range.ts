/**
 * # Ranges: where an answer may lie
 *
 * An enclosure of the exact result and, on both sides, what the gate allows. The ends belong to it and
 * are float64 numbers that were rounded outward.
 */
import { type Format, ulp } from '../spec/format.ts';
import { bounds, GRADES, type Grade, type Policy } from '../spec/grade.ts';
import { decimalOf } from '../spec/oracle/index.ts';

/** Where a number may lie; both ends are NaN, or the same infinity, where it is that. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
  /** The sum of the sizes of what was added up. */
  readonly scale: number;
}

/** What a stage may be wrong by. */
export interface Tolerance {
  readonly gate: Grade;
  readonly format: Format;
  readonly policy: Policy;
}

/** An enclosure of an exact result. */
export interface Enclosed {
  readonly lo: number;
  readonly hi: number;
}

/** The next float64 or the one after it. */
export const outward = (x: number, side: -1 | 1): number =>
  x + side * (Math.abs(x) * 2 ** -52 + 2 ** -1074);

export const largest = ({ emax, precision }: Format): number =>
  2 ** emax * (2 - 2 ** (1 - precision));

// Allowances -------------------------------------------------------------------------------------

/** Σ |addends| and what D adds to it, their number, and the units that a quotient is allowed more. */
export interface Sum {
  readonly total: number;
  readonly unit: number;
  readonly terms: number;
  readonly more: number;
}

/** An enclosure and what the gate allows around it; nothing can be told of a gate that allows all. */
export function widened(
  { lo, hi }: Enclosed,
  sum: Sum | undefined,
  { gate, format, policy }: Tolerance,
  [least, most]: readonly [number, number] = [-Infinity, Infinity],
): Range | undefined {
  if (gate === 'F') return undefined;
  const scale = sum?.total ?? 0;
  if (!Number.isFinite(lo) || !Number.isFinite(hi))
    return Object.is(lo, hi) ? { lo, hi, scale } : undefined;
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  const flushed = policy.flushes ? 2 ** (1 - format.emax) : 0;
  const by = Math.max(allowance(size, sum, gate, format), flushed);
  return {
    lo: Math.max(least, outward(lo - by, -1)),
    hi: Math.min(most, outward(hi + by, 1)),
    scale,
  };
}

/** Units in the last place that each grade allows a result on its own. */
const OWN: { readonly [grade in Grade]: number } = { S: 0.5, A: 1, B: 2, C: 4, D: 4, E: 4, F: 4 };

function allowance(size: number, sum: Sum | undefined, gate: Grade, format: Format): number {
  const gap = ulp(decimalOf(size), format).toNumber();
  // What every framework's own tests accept.
  const close = gate === 'E' ? 1e-5 + 1.3e-6 * size : 0;
  if (!sum || gate === 'S' || gate === 'A') return Math.max(close, outward(gap * OWN[gate], 1));
  const [total, unit] = [decimalOf(sum.total), decimalOf(sum.unit)];
  const met = bounds({ ...sum, total, unit }, format)
    .filter(([grade]) => GRADES.indexOf(grade) <= GRADES.indexOf(gate))
    .map(([, bound]) => outward(bound.toNumber(), 1));
  return Math.max(gap, close, ...met);
}

// Verdicts ---------------------------------------------------------------------------------------

/** A range that is wider than what it holds, and not because sums cancel, says nothing. */
export function decides({ lo, hi, scale }: Range, format: Format): boolean {
  if (!Number.isFinite(lo)) return true;
  const width = hi - lo;
  const smallest = 2 ** (1 - format.emax);
  return width <= Math.max(Math.abs(lo), Math.abs(hi), smallest, scale * 2 ** -8);
}

export function isWithin(got: number, { lo, hi }: Range, format: Format): boolean {
  if (Number.isNaN(lo)) return Number.isNaN(got);
  const most = largest(format);
  if (got === Infinity) return hi >= most;
  if (got === -Infinity) return lo <= -most;
  return got >= lo && got <= hi;
}
