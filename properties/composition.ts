/**
 * # Compositions of a candidate's own answers, judged by enclosure
 *
 * What a stage may answer is its exact result and, around it, what the gate allows. That range is fed
 * into the next definition, which is read in intervals, and the last stage adds its own allowance. An
 * answer beyond the final range is wrong whichever stage is to blame. A range that is wider than the
 * number it holds says nothing: it does not decide, and is never counted as a pass.
 *
 * Where a stage may overflow, the next one is not judged: an infinite number in between has lost what
 * the exact one still knows.
 */
import type { Decimal } from 'decimal.js';
import { interval } from '../spec/arithmetic/decimal-ends.ts';
import { floats as inFloats } from '../spec/arithmetic/float-ends.ts';
import { type Enclosing, Interval } from '../spec/arithmetic/interval.ts';
import type { Grade } from '../spec/grade.ts';
import { type Access, type Lifted, lift, type Piece } from '../spec/lift.ts';
import type { Addends, Op } from '../spec/op.ts';
import { attempt } from '../spec/oracle/enclose.ts';
import { decimalOf, gradientsOf } from '../spec/oracle/index.ts';
import { read } from '../spec/param.ts';
import { type Real, real, Undecided } from '../spec/real.ts';
import type { Tensor } from '../spec/tensor.ts';
import { type Computed, isComputed, isOrdinary } from './computed.ts';
import { type Enclosed, outward, type Range, type Sum, type Tolerance, widened } from './range.ts';
import { countOf } from './subject.ts';

/** A tensor that is given, or was computed by the stage before. */
export type Fed = { readonly [input: string]: Tensor | Computed | undefined };

// Stages -----------------------------------------------------------------------------------------

/** The operator on tensors that are legal and lie in the ranges; what it computes is not their result. */
export const placed = (op: Op, fed: Fed, settings: object): Lifted =>
  lift(
    op,
    Object.fromEntries(Object.entries(fed).map(([name, t]) => [name, t && inside(t)])),
    settings,
  );

const inside = (t: Tensor | Computed): Tensor =>
  isComputed(t) ? { ...t.tensor, data: t.ranges.map((r) => (r ? (r.lo + r.hi) / 2 : 0)) } : t;

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
  if (!isOrdinary(t, place)) throw new Undecided('a stage that may overflow');
  // An enclosure is open: its ends lie beyond those of a range.
  return new Interval(over, end(outward(lo, -1)), end(outward(hi, 1)));
}

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
