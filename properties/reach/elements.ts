/** # What the elements of an elementwise input reach: both tails, and the sides of every kink */
import { float32 } from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { fromRank, rank } from '../floats.ts';
import type { Case, Drawn } from '../inputs.ts';
import { everySetting } from './options.ts';
import { sizesWithin, sizing } from './sizes.ts';

export const LONG = 'more than 16 elements';

export function elementsReached(op: Elementwise, { tensors, settings }: Case): readonly string[] {
  const data = Array.from(tensors.input!.data);
  const sizes = new Set(data.map((x) => (x < 0 ? below : above)(x)));
  const kinks = kinksOf(op, settings).flatMap((hood, i) => sidesReached(data, hood, i));
  const points = op
    .points(settings as never)
    .flatMap((p, i) => (data.some((x) => isIn(x, hoodOf(p))) ? [point(i)] : []));
  return [...sizes, ...kinks, ...points, ...(data.length > 16 ? [LONG] : [])];
}

const [below, above] = [sizing('x', 'x < 0, '), sizing('x', 'x > 0, ')];

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
  const before = known.get(p);
  if (before) return before;
  const r = rank(p, float32);
  const [low, at, high] = [r - NEAR, r, r + NEAR].map((place) => fromRank(place, float32));
  const hood = { low: low!, at: at!, high: high! };
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

/** Where x may lie about a kink. */
const SIDES: readonly (readonly [name: string, has: (x: number, hood: Hood) => boolean])[] = [
  ['below', (x, { at }) => x < at],
  ['just below', (x, { low, at }) => low <= x && x < at],
  ['at', (x, { at }) => x === at],
  ['just above', (x, { at, high }) => at < x && x <= high],
  ['above', (x, { at }) => x > at],
];
const sideNamed = (name: string, i: number): string => `${name} kink ${i + 1}`;
const sides = (i: number): readonly string[] => SIDES.map(([name]) => sideNamed(name, i));

const sidesReached = (data: readonly number[], hood: Hood, i: number): readonly string[] =>
  SIDES.filter(([, has]) => data.some((x) => has(x, hood))).map(([name]) => sideNamed(name, i));

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
export const edgesDue: readonly string[] = [-Infinity, -0, 0, Infinity, NaN].map(above);
