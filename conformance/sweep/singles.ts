/**
 * # What ends round to in float32, as code
 *
 * Two pairs of ends at a time, in float64; an open pair is rounded to the side where the value lies.
 * rounded.ts says the same of one pair.
 */
import * as wasm from './wasm.ts';
import { type Code, splat, v } from './wasm.ts';

/** Locals that vectors are kept in. */
interface Rounded {
  /** What both ends round to: two float32. */
  readonly low: number;
  readonly high: number;
}

/** Sets `low`, and `high` if it is no point; two more from `free` on are written over. */
export function roundedEnds(
  lo: Code,
  hi: Code,
  isPoint: boolean,
  { low, high, free }: Rounded & { readonly free: number },
): Code {
  if (isPoint) return [...lo, ...v.demote, ...wasm.set(low)];
  const scratch = { rounded: free, single: free + 1 };
  return [
    ...[...nearestSingle(lo, hi, 1, scratch), ...wasm.set(low)],
    ...[...nearestSingle(hi, lo, -1, scratch), ...wasm.set(high)],
  ];
}

/** Whether two float32 are what both ends round to. */
export function isRounded(got: Code, isPoint: boolean, { low, high }: Rounded): Code {
  if (isPoint) return [...got, ...wasm.get(low), ...v.equalSingles];
  return [
    // Zeros of two signs: then the sign of the result is not known, and any will do.
    ...[got, wasm.get(low), v.equalWords].flat(),
    ...[wasm.get(low), wasm.get(high), v.equalSingles].flat(),
    ...[got, wasm.get(low), v.equalSingles, v.and].flat(),
    ...[wasm.get(low), wasm.get(high), v.equalWords, v.select].flat(),
  ];
}

/** How far a float64 is at most from what lies between the ends, in ulp of float32. */
export const errorBeside = (x: Code, lo: Code, hi: Code): Code => {
  const distance = (end: Code): Code => [...x, ...end, ...v.sub, ...v.abs];
  return [...distance(lo), ...distance(hi), ...v.most, ...ulp(lo), ...v.div];
};

/** The gap between neighbours in float32. */
const ulp = (x: Code): Code =>
  [x, wasm.bits(0, 0x7ff00000), v.and, splat(2 ** -23), v.mul, splat(2 ** -149), v.most].flat();

/**
 * The float32 nearest to a value just above x (side 1) or just below it (−1): a tie, whose two
 * neighbours r and 2x − r are both float32, goes to that side, and so does the sign of a zero. At x itself
 * where the other end is the same.
 */
function nearestSingle(
  x: Code,
  opposite: Code,
  side: -1 | 1,
  local: { readonly rounded: number; readonly single: number },
): Code {
  const { rounded, single } = local;
  const r = wasm.get(rounded);
  const other = [x, x, v.add, r, v.sub].flat();
  const isSingle = [...other, ...v.demote, ...v.promote, ...other, ...v.equal];
  const isBounded = [...other, ...v.abs, ...splat(Infinity), ...v.less];
  const isOpen = [...x, ...opposite, ...v.notEqual];
  const isTie = [isSingle, r, x, v.notEqual, v.and, isBounded, v.and, isOpen, v.and].flat();
  const beside = [...other, ...r, ...(side > 0 ? v.most : v.least)];
  const nearest = [
    ...[...x, ...v.demote, ...v.promote, ...wasm.set(rounded)],
    ...[...beside, ...r, ...isTie, ...v.select, ...v.demote],
  ];
  if (side > 0) return nearest;
  const isBelowZero = [x, splat(0), v.lessOrEqual, wasm.bits(0, 0x80000000), v.and].flat();
  // −0 where x is 0; one lane of float64 has the sign where it becomes that of a float32.
  const sign = [...isBelowZero, ...splat(0), ...v.or, ...v.demote, ...wasm.set(single)];
  return [...sign, ...nearest, ...wasm.get(single), ...v.or];
}
