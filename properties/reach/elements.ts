/** # What the elements of an elementwise input reach: both tails, and the sides of every kink */
import { float32 } from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { fromRank, rank } from '../floats.ts';
import type { Case, Drawn } from '../inputs.ts';
import { everySetting } from './options.ts';
import { sizeOf, sizesWithin } from './sizes.ts';

export const LONG = 'more than 16 elements';

export function elementsReached(op: Elementwise, { tensors, settings }: Case): readonly string[] {
  const data = Array.from(tensors.input!.data);
  const kinks = kinksOf(op, settings);
  const points = op.points(settings as never).map(hoodOf);
  const reached = data.flatMap((x) => [
    signed(x, sizeOf('x', x)),
    ...kinks.flatMap((hood, i) => sideOf(x, hood, i)),
    ...points.flatMap((hood, i) => (isIn(x, hood) ? [point(i)] : [])),
  ]);
  return data.length > 16 ? [...reached, LONG] : reached;
}

const signed = (x: number, size: string): string =>
  Number.isFinite(x) && x !== 0 ? `x ${x < 0 ? '<' : '>'} 0, ${size}` : size;

/** How far is near, in floats. */
const NEAR = 3n;

interface Hood {
  readonly low: number;
  readonly at: number;
  readonly high: number;
}
const known = new Map<number, Hood>();

/** The float at a point, which may be none itself, and the last ones that are near. */
function hoodOf(p: number): Hood {
  const r = rank(p, float32);
  const around = { low: fromRank(r - NEAR, float32), high: fromRank(r + NEAR, float32) };
  const hood = known.get(p) ?? { ...around, at: fromRank(r, float32) };
  known.set(p, hood);
  return hood;
}
const isIn = (x: number, { low, high }: Hood): boolean => x >= low && x <= high;

const kinksOf = (op: Elementwise, settings: Drawn): readonly Hood[] =>
  op
    .kinks(settings as never)
    .map(({ at }) => at)
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
    .map(hoodOf);

const point = (i: number): string => `near point ${i + 1}`;
const sides = (i: number): readonly string[] =>
  ['below', 'just below', 'at', 'just above', 'above'].map((side) => `${side} kink ${i + 1}`);

function sideOf(x: number, hood: Hood, i: number): readonly string[] {
  const [below, justBelow, at, justAbove, above] = sides(i) as [string, ...string[]];
  if (x === hood.at) return [at!];
  if (x < hood.at) return x >= hood.low ? [below, justBelow!] : [below];
  if (x > hood.at) return x <= hood.high ? [above!, justAbove!] : [above!];
  return [];
}

/**
 * Both tails down to the subnormals, all sides of every kink, the neighbourhood of every point. Kinks
 * and points that few parameters make are seldom drawn: due are as many as half of them have.
 */
export function elementsDue(op: Elementwise): readonly string[] {
  const all = everySetting(op);
  const usual = (count: (settings: Drawn) => number) =>
    Array.from({ length: median(all.map(count)) }, (_, i) => i);
  const sizes = sizesWithin('x', [-Infinity, Infinity]);
  return [
    ...['<', '>'].flatMap((side) => sizes.map((size) => `x ${side} 0, ${size}`)),
    ...usual((settings) => kinksOf(op, settings).length).flatMap(sides),
    ...usual((settings) => op.points(settings as never).length).map(point),
    LONG,
  ];
}

/** At least half of them are as large. */
const median = (counts: readonly number[]): number =>
  counts.toSorted((a, b) => b - a)[Math.floor((counts.length - 1) / 2)]!;

/** The five inputs where formulas stop speaking. */
export const edgesDue: readonly string[] = [-Infinity, -0, 0, Infinity, NaN].map((x) =>
  sizeOf('x', x),
);
