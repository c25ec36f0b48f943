/**
 * # What a sweep found, and how two findings are one
 *
 * Everything here is a count, a largest, or the first few of an order, so that joining is associative
 * and commutative, and a sweep that was cut off and resumed, or done in shards, ends with the same bytes.
 */
import { createHash } from 'node:crypto';
import type { FormatName } from '../formats.ts';
import type { Range } from './blocks.ts';

/** What is swept. Two results can be joined if their plans are the same. */
export interface Plan {
  /** Of this suite. */
  readonly version: string;
  readonly op: string;
  readonly params: { readonly [name: string]: number | string | boolean };
  readonly of: 'value' | 'derivative';
  readonly format: FormatName;
  /** Of the candidate, as it said hello. */
  readonly candidate: string;
}

/** An input by its bits, and how far the answer there is from the exact result, in ulp. */
export interface Place {
  readonly input: string;
  readonly ulps: number;
}
/** How far an exact result is from the middle between two floats, in ulp. */
export interface Near {
  readonly input: string;
  readonly distance: number;
}
/** An answer that is not the rounded result. */
export interface Miss extends Place {
  readonly got: string;
  readonly due: string;
}

/** Upper ends, in ulp, of what is counted together; the last is of ±∞ and NaN, given or due. */
export const BINS = [
  'right',
  '1',
  '2',
  '4',
  '16',
  '256',
  '65536',
  'finite',
  'another kind',
] as const;
export type Bin = (typeof BINS)[number];

export interface Findings {
  readonly inputs: number;
  /** Inputs of which float64 did not tell the result, and enclosures in decimals did. */
  readonly escalated: number;
  /** Those that not even 960 digits tell. */
  readonly undecided: number;
  readonly histogram: { readonly [bin in Bin]: number };
  /** Of the candidate, where numbers are given and due; the lowest pattern of equals. */
  readonly largest: Place | undefined;
  /** The lowest pattern whose answer is of another kind than the result. */
  readonly anotherKind?: string | undefined;
  /** The wrong answers at the lowest patterns. */
  readonly first: readonly Miss[];
  /** Inputs whose exact results come nearest to the middle between two floats, if within 2⁻¹⁰ ulp; middles aside. */
  readonly hardest: readonly Near[];
}

export interface Result extends Findings {
  readonly plan: Plan;
  readonly planHash: string;
  /** In order, and none touching the next. */
  readonly ranges: readonly Range[];
}

/** As many inputs are named. */
export const HARDEST = 8;

export const nothing: Findings = {
  ...{ inputs: 0, escalated: 0, undecided: 0 },
  histogram: Object.fromEntries(BINS.map((bin) => [bin, 0])) as Findings['histogram'],
  ...{ largest: undefined, anotherKind: undefined, first: [], hardest: [] },
};

interface Input {
  readonly input: string;
}
const byInput = (a: Input, b: Input): number =>
  a.input < b.input ? -1 : a.input > b.input ? 1 : 0;
/** All NaN are one input. */
const some = <T extends Input>(all: readonly T[], order: (a: T, b: T) => number): readonly T[] =>
  [...new Map(all.map((one) => [one.input, one])).values()]
    .sort((a, b) => order(a, b) || byInput(a, b))
    .slice(0, HARDEST);

export const together = (a: Findings, b: Findings): Findings => ({
  inputs: a.inputs + b.inputs,
  escalated: a.escalated + b.escalated,
  undecided: a.undecided + b.undecided,
  histogram: Object.fromEntries(
    BINS.map((bin) => [bin, a.histogram[bin] + b.histogram[bin]]),
  ) as Findings['histogram'],
  largest: some(
    [a.largest, b.largest].filter((place) => place !== undefined),
    (a, b) => b.ulps - a.ulps,
  )[0],
  anotherKind: [a.anotherKind, b.anotherKind].filter((input) => input !== undefined).sort()[0],
  first: some([...a.first, ...b.first], () => 0),
  hardest: some([...a.hardest, ...b.hardest], (a, b) => a.distance - b.distance),
});

/** Of what it says, in whatever order. */
export function hashOf({ version, op, params, of, format, candidate }: Plan): string {
  const named = Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const text = JSON.stringify([version, op, named, of, format, candidate]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export const resultOf = (plan: Plan, ranges: readonly Range[], findings: Findings): Result => ({
  ...{ plan, planHash: hashOf(plan), ranges },
  ...findings,
});

/** Throws where the plans differ or a range was swept twice. */
export function joined(a: Result, b: Result): Result {
  if (a.planHash !== b.planHash)
    throw new RangeError(`they are of different plans: ${difference(a.plan, b.plan)}`);
  const ranges = adjoined([...a.ranges, ...b.ranges]);
  return { plan: a.plan, planHash: a.planHash, ranges, ...together(a, b) };
}

function difference(a: Plan, b: Plan): string {
  const names = Object.keys(a) as (keyof Plan)[];
  const name = names.find((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key])) ?? 'version';
  return `${name} is ${JSON.stringify(a[name])} and ${JSON.stringify(b[name])}`;
}

function adjoined(ranges: readonly Range[]): readonly Range[] {
  const whole: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && range.from < last.to)
      throw new RangeError(`the patterns from ${hex(range.from)} on were swept twice`);
    if (last?.to === range.from) whole[whole.length - 1] = { from: last.from, to: range.to };
    else whole.push(range);
  }
  return whole;
}

export const hex = (pattern: number, bits = 32): string =>
  `0x${pattern.toString(16).padStart(bits / 4, '0')}`;

/** What is not swept yet, of a range. */
export function missing(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  const gaps: Range[] = [];
  let at = from;
  for (const range of ranges) {
    if (range.to <= at || range.from >= to) continue;
    if (range.from > at) gaps.push({ from: at, to: range.from });
    at = Math.max(at, range.to);
  }
  return at < to ? [...gaps, { from: at, to }] : gaps;
}

/** 'proved' only if every input was judged and every answer is right. */
export function verdictOf(result: Result, patterns: number): Verdict {
  if (result.inputs > result.histogram.right + result.undecided) return 'wrong';
  if (result.undecided > 0) return 'undecided';
  return missing(result.ranges, { from: 0, to: patterns }).length === 0 ? 'proved' : 'right so far';
}
export type Verdict = 'proved' | 'right so far' | 'wrong' | 'undecided';
