/**
 * # Compositions of a candidate's own answers, judged by enclosure
 *
 * What a stage may answer is its exact result and, around it, what the gate allows. That range is fed
 * into the next definition, which is read in intervals, and the last stage adds its own allowance. An
 * answer beyond the final range is wrong whichever stage is to blame. A range that is wider than the
 * number it holds says nothing: it does not decide, and is never counted as a pass.
 *
 * A range is closed and has float64 ends that were rounded outward. Where a stage may overflow, the
 * next one is not judged: an infinite number in between has lost what the exact one still knows.
 */
import { Decimal } from 'decimal.js';
import { interval } from '../spec/arithmetic/decimal-ends.ts';
import { floats as inFloats } from '../spec/arithmetic/float-ends.ts';
import { type Enclosing, Interval } from '../spec/arithmetic/interval.ts';
import { type Format, ulp } from '../spec/format.ts';
import { bounds, type Grade, GRADES, type Policy } from '../spec/grade.ts';
import { type Access, type Lifted, lift, type Piece } from '../spec/lift.ts';
import type { Addends, Op } from '../spec/op.ts';
import { attempt } from '../spec/oracle/enclose.ts';
import { decimalOf, gradientsOf } from '../spec/oracle/index.ts';
import { read } from '../spec/param.ts';
import { type Real, real, Undecided } from '../spec/real.ts';
import type { Tensor } from '../spec/tensor.ts';
import { formatOf } from './payload.ts';

/** Where a number may lie; both ends are NaN, or the same infinity, where it is that. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
  /** The sum of the sizes of what was added up. */
  readonly scale: number;
}

/** A tensor that a candidate computed, and where its elements may lie, if that can be told. */
export interface Computed {
  readonly tensor: Tensor;
  readonly ranges: readonly (Range | undefined)[];
}

/** A tensor that is given, or was computed by the stage before. */
export type Fed = { readonly [input: string]: Tensor | Computed | undefined };

export const isComputed = (t: Tensor | Computed): t is Computed => 'ranges' in t;

/** What a stage may be wrong by. */
export interface Tolerance {
  readonly gate: Grade;
  readonly format: Format;
  readonly policy: Policy;
}

// Stages -----------------------------------------------------------------------------------------

/** The operator on tensors that are legal and lie in the ranges; what it computes is not their result. */
export const placed = (op: Op, fed: Fed, settings: object): Lifted =>
  lift(
    op,
    Object.fromEntries(Object.entries(fed).map(([name, t]) => [name, t && inside(t)])),
    settings,
  );

const inside = (t: Tensor | Computed): Tensor =>
  isComputed(t)
    ? { ...t.tensor, data: t.ranges.map((r) => (r ? (r.lo + r.hi) / 2 : 0)) }
    : t;

/** Where every result of the operator may lie. */
export function rangesOf(
  lifted: Lifted,
  fed: Fed,
  tolerance: Tolerance,
): readonly (Range | undefined)[] {
  const { pieces, op } = lifted;
  const exact: (Enclosed | undefined)[] = [];
  for (const piece of pieces) {
    const found = enclosed((x) => formulaOf(lifted, piece, fed, x), fed);
    for (const [i, place] of piece.at.entries()) exact[place] = found?.[i];
  }
  if (op.kind === 'elementwise')
    return exact.map((y) => y && widened(y, undefined, tolerance, op.range(lifted.settings)));
  const sums = sumsOf(lifted, fed, tolerance.gate);
  return exact.map((y, i) => y && sums && widened(y, sums(i), tolerance));
}

/** What each result is the sum of; undefined where that cannot be told. */
function sumsOf(lifted: Lifted, fed: Fed, gate: Grade): ((i: number) => Sum) | undefined {
  const isNeeded = gate !== 'S' && gate !== 'A';
  const sums = isNeeded ? sizes((x) => lifted.addends(x) ?? [], fed) : [];
  const units = gate === 'D' ? sizes((x) => lifted.textbook(x), fed) : [];
  if (!sums || !units) return undefined;
  return (i) => ({ total: sums[i] ?? 0, unit: units[i] ?? 0, ...countOf(lifted) });
}

/** What was computed is at no edge and no kink, whatever the number that stands for it. */
function formulaOf({ op, settings }: Lifted, piece: Piece, fed: Fed, x: Access): readonly Real[] {
  if (op.kind !== 'elementwise' || !fed.input || !isComputed(fed.input)) return piece.formula(x);
  return piece.at.map((place) => op.f(x('input', place), read(op.params, settings)));
}

/** Terms of a sum, and the units that a quotient is allowed beyond. */
function countOf({ summed, settings }: Lifted): { readonly terms: number; readonly more: number } {
  const { reduction } = settings as { reduction?: unknown };
  const isQuotient = reduction !== undefined && reduction !== 'none' && reduction !== 'sum';
  return { terms: summed, more: isQuotient ? 2 : 0 };
}

/** Where every element of the gradient of the sum of the results may lie. */
export function gradientRanges(
  lifted: Lifted,
  wrt: string,
  tolerance: Tolerance,
): readonly (Range | undefined)[] {
  const { tensors } = lifted;
  const cells = gradientsOf(lifted, wrt, undefined, tolerance.format, { upTo: 240 });
  const ones = () => lifted.pieces.flatMap(({ at }) => at).map(() => real(1));
  const sums = sizes((x) => {
    const all: Real[][] = [];
    for (const { place, addends } of lifted.derivative(wrt, x, ones()) ?? [])
      all[place] = [...(all[place] ?? []), ...addends];
    return all;
  }, tensors);
  return cells.map(({ lo, hi }, i) => {
    const sum = sums && { total: sums[i] ?? 0, unit: 0, ...countOf(lifted) };
    return sum && widened(ends({ lo, hi }), sum, tolerance);
  });
}

// Enclosures -------------------------------------------------------------------------------------

interface Enclosed {
  readonly lo: number;
  readonly hi: number;
}

/** The next float64 or the one after it. */
const outward = (x: number, side: -1 | 1): number =>
  x + side * (Math.abs(x) * 2 ** -52 + 2 ** -1074);

/** Read in float64, and with 30 digits where that does not tell. */
function enclosed(
  formula: (x: Access) => readonly Real[],
  fed: Fed,
): readonly Enclosed[] | undefined {
  const inDecimals = interval(30);
  const found =
    attempt(inFloats, () => formula(accessIn(inFloats, Number, fed))) ??
    attempt(inDecimals, () => formula(accessIn(inDecimals, decimalOf, fed)));
  return found?.map((y) => ends(y as Interval<Decimal | number>));
}

function ends({ lo, hi }: { lo: Decimal | number; hi: Decimal | number }): Enclosed {
  const [low, high] = [Number(lo), Number(hi)];
  if (!Number.isFinite(low)) return { lo: low, hi: high };
  return { lo: outward(low, -1), hi: outward(high, 1) };
}

function accessIn<E>(over: Enclosing<E>, end: (x: number) => E, fed: Fed): Access {
  const known = new Map<string, Real>();
  return (input, place) => {
    const key = `${input} ${place}`;
    const element = known.get(key) ?? elementOf(over, end, fed[input]!, place);
    known.set(key, element);
    return element;
  };
}

function elementOf<E>(
  over: Enclosing<E>,
  end: (x: number) => E,
  t: Tensor | Computed,
  place: number,
): Real {
  if (!isComputed(t)) return real(t.data[place]!);
  const range = t.ranges[place];
  if (!range) throw new Undecided('a stage that was not enclosed');
  const { lo, hi } = range;
  if (Number.isNaN(lo)) return real(lo);
  if (!isFinite(t, place)) throw new Undecided('a stage that may overflow');
  // An enclosure is open: its ends lie beyond those of a range.
  return new Interval(over, end(outward(lo, -1)), end(outward(hi, 1)));
}

const largest = ({ emax, precision }: Format): number => 2 ** emax * (2 - 2 ** (1 - precision));

/** Upper bounds of Σ |addends|, for every list of addends. */
function sizes(
  formula: (x: Access) => readonly Addends[],
  fed: Fed,
): readonly number[] | undefined {
  const lengths: number[] = [];
  const all = enclosed((x) => {
    const lists = Array.from(formula(x), (addends) => addends ?? []);
    lengths.splice(0, lengths.length, ...lists.map((addends) => addends.length));
    return lists.flat();
  }, fed);
  let from = 0;
  return (
    all &&
    lengths.map((length) => {
      const mine = all.slice(from, from + length);
      from += length;
      return mine.reduce((total, { lo, hi }) => total + Math.max(Math.abs(lo), Math.abs(hi)), 0);
    })
  );
}

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
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) return lo === hi || lo !== lo ? { lo, hi, scale } : undefined;
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
  if (!sum || gate === 'S' || gate === 'A')
    return Math.max(close, outward(gap * OWN[gate], 1));
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

// What is computed from answers -------------------------------------------------------------------

/**
 * A function of the i-th elements of tensors that rises in all of them or falls in all of them, in
 * float64: rounding never decreases either, so ends become ends.
 */
export function monotone(
  f: (values: readonly number[], i: number) => number,
  ...parts: readonly Computed[]
): Computed {
  const { tensor } = parts[0]!;
  const through = (values: (part: Computed) => number, i: number) => f(parts.map(values), i);
  return {
    tensor: { ...tensor, data: Array.from(tensor.data, (_, i) => through((p) => p.tensor.data[i]!, i)) },
    ranges: Array.from(tensor.data, (_, i) => {
      if (!parts.every((p) => isFinite(p, i))) return undefined;
      const [lo, hi] = [through((p) => p.ranges[i]!.lo, i), through((p) => p.ranges[i]!.hi, i)];
      return { lo: Math.min(lo, hi), hi: Math.max(lo, hi), scale: 0 };
    }),
  };
}

/** Neither an infinite answer nor an unknown one can be calculated with. */
function isFinite({ tensor, ranges }: Computed, place: number): boolean {
  const range = ranges[place];
  const most = largest(formatOf(tensor.dtype)!);
  return range !== undefined && !(range.lo < -most || range.hi > most);
}

export const isKnown = (computed: Computed): boolean =>
  computed.ranges.every((_, place) => isFinite(computed, place));

/** The sums of some elements each. */
export function summed(computed: Computed, groups: readonly (readonly number[])[]): Computed {
  const { tensor, ranges } = computed;
  const total = (group: readonly number[], of: (place: number) => number) =>
    group.reduce((sum, place) => sum + of(place), 0);
  return {
    tensor: {
      ...{ dtype: tensor.dtype, shape: [groups.length] },
      data: groups.map((group) => total(group, (place) => tensor.data[place]!)),
    },
    ranges: groups.map((group) => {
      if (!group.every((place) => isFinite(computed, place))) return undefined;
      const [lo, hi, scale] = (['lo', 'hi', 'scale'] as const).map((end) =>
        total(group, (place) => ranges[place]![end]),
      );
      return { lo: lo!, hi: hi!, scale: scale! };
    }),
  };
}

/** What is allowed on both sides of a number that is known. */
export const around = (exact: number, { tensor, ranges }: Computed): Computed => ({
  tensor,
  ranges: ranges.map((range) => {
    const by = range && (range.hi - range.lo) / 2;
    return range && { lo: exact - by!, hi: exact + by!, scale: range.scale };
  }),
});
