/**
 * # Parameters of cases
 *
 * The defaults, each of the other choices, and a few combinations of numbers from where the
 * definition says that they are drawn from. Axes and reductions are the business of whoever makes
 * the case; integers of no short range keep their defaults, as they mean something with inputs only.
 */
import type { Op } from '../../spec/op.ts';
import { type Integer, type Numeric, type Param, settle } from '../../spec/param.ts';
import { type Draw, pick, times } from '../draw.ts';

export type Params = { readonly [name: string]: number | string | boolean };

const COMBINATIONS = 4;
/** Two clamps that must lie in order do so every second time; 100 tries fail once in 2¹⁰⁰. */
const TRIES = 100;

/**
 * The default once in four; otherwise a float32 from where it is drawn, half of them small ones, as
 * thresholds and widths show among the inputs only where these are dense.
 */
function numberFor(
  draw: Draw,
  { default: usual, draw: drawn, min = -8, max = 8 }: Numeric,
): number {
  const [low, high] = drawn ?? [Math.max(min, -8), Math.min(max, 8)];
  const from = (a: number, b: number): number => Math.fround(a + draw.unit() * (b - a));
  const small = (): number =>
    low < 2 && high > -2 ? from(Math.max(low, -2), Math.min(high, 2)) : from(low, high);
  return pick(draw, [usual, from(low, high), small(), small()]);
}

export const isTaken = (op: Op, params: Params): boolean => {
  try {
    op.refuse(settle(op, params as never) as never, {});
    return true;
  } catch (reason) {
    if (reason instanceof RangeError) return false;
    throw reason;
  }
};

type Named = readonly [name: string, param: Param];

/** All but the default, where there are few. */
const integersOf = ({ default: usual, min = -Infinity, max = Infinity }: Integer): number[] =>
  max - min < 10 ? times(max - min + 1, (i) => min + i).filter((value) => value !== usual) : [];

const others = ([name, param]: Named): Params[] => {
  if (param.kind === 'flag') return [{ [name]: !param.default }];
  if (param.kind === 'integer') return integersOf(param).map((value) => ({ [name]: value }));
  if (param.kind !== 'choice' || name === 'reduction') return [];
  return param.values.slice(1).map((value) => ({ [name]: value }));
};

const someOf = (draw: Draw, [name, param]: Named): Params => {
  if (param.kind === 'number') return { [name]: numberFor(draw, param) };
  if (param.kind === 'flag') return { [name]: draw.below(2) === 1 };
  if (param.kind !== 'choice' || name === 'reduction') return {};
  return { [name]: pick(draw, param.values as readonly [string, ...string[]]) };
};

function combination(draw: Draw, op: Op, named: readonly Named[]): Params {
  for (let i = 0; i < TRIES; i++) {
    const params = Object.assign({}, ...named.map((one) => someOf(draw, one))) as Params;
    if (isTaken(op, params)) return params;
  }
  throw new RangeError(`${op.id}: no combination of drawn parameters is legal`);
}

/** Complete but for axes and the reduction. */
export function settingsOf(draw: Draw, op: Op): readonly Params[] {
  const named = Object.entries(op.params).filter(
    ([name, { kind }]) => kind !== 'axis' && name !== 'reduction',
  );
  const usual = Object.fromEntries(named.map(([name, param]) => [name, param.default]));
  const drawn = named.some(([, { kind }]) => kind === 'number') ? COMBINATIONS : 0;
  return [
    usual,
    ...named.flatMap(others).filter((one) => isTaken(op, { ...usual, ...one })),
    ...times(drawn, () => combination(draw, op, named)),
  ].map((params) => ({ ...usual, ...params }));
}
