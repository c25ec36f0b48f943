/** # Sums and maxima over a row as WebAssembly */
import { type Code, f32x4, f64x2, get, i32, i32x, repeat, set, tee, v128 } from '../assembler.ts';
import { code, type Expression } from '../expression.ts';
import { type Frame, type Half, pointer, WIDTH } from './frame.ts';
import { FOUR, insideRow, overRow } from './loop.ts';

/** Two vectors of a sum or maximum on its way: one for either half of four elements. */
export interface Accumulator {
  readonly of: Expression;
  readonly halves: readonly [number, number];
}

/** Both lanes of −∞, and all four. */
const LOWEST = -Infinity;
const LOWEST_FLOATS = 0xff800000ff800000n;

const operator = (e: Expression): Code => (e.kind === 'sum' ? f64x2.add : f64x2.pmax);
const pair = ({ emitter }: Frame) => [emitter.local(), emitter.local()] as const;

export const accumulator = (frame: Frame, of: Expression): Accumulator => ({
  of,
  halves: pair(frame),
});

export const cleared = ({ constants }: Frame, { of, halves }: Accumulator): Code =>
  halves.flatMap((local) => [...constants.load(of.kind === 'sum' ? 0 : LOWEST), ...set(local)]);

/** Takes a value of two elements; at the end of a row only those inside it. */
export function added(
  frame: Frame,
  { of, halves }: Accumulator,
  half: Half,
  value: Code,
  isEnd: boolean,
): Code {
  const lowest = of.kind === 'sum' ? [] : frame.constants.load(LOWEST);
  const select = of.kind === 'sum' ? v128.and : v128.bitselect;
  const mask = isEnd ? [...lowest, ...insideRow(frame, half), ...select] : [];
  return [...get(halves[half]), ...value, ...mask, ...operator(of), ...set(halves[half])];
}

/**
 * (lane 0 + lane 2) + (lane 1 + lane 3), in both lanes of a new local. Of +0 and −0 either may be
 * the largest; adding 0 makes it +0.
 */
export function folded(frame: Frame, { of, halves: [low, high] }: Accumulator): Code {
  const local = frame.emitter.local();
  frame.values.set(of, local);
  return [
    ...[...get(low), ...get(high), ...operator(of), ...set(local)],
    ...[...get(local), ...get(local), ...get(local), ...rotated(8), ...operator(of)],
    ...[...(of.kind === 'sum' ? [] : plusZero(frame)), ...set(local)],
  ];
}

const plusZero = ({ constants }: Frame): Code => [...constants.load(0), ...f64x2.add];

/** The largest of an input as it is, in four lanes of float32 and four accumulators. */
export function largestInput(frame: Frame, e: Expression): Code {
  const { name } = code(e.of[0]!);
  const best = [...pair(frame), ...pair(frame)];
  const [local] = best as [number, ...number[]];
  const grown = (l: number, load: Code): Code => [
    ...[...get(l), ...pointer(frame, name), ...load, ...f32x4.pmax, ...set(l)],
  ];
  const next = [...get(frame.offset), ...i32(4), ...i32x.add, ...tee(frame.offset)];
  const rest = repeat(grown(local, v128.loadFloat()), [...next, ...get(WIDTH), ...i32x.lessU]);
  const folds = [8, 4].flatMap((by) => [
    ...[...get(local), ...get(local), ...get(local), ...rotated(by), ...f32x4.pmax, ...set(local)],
  ]);
  frame.values.set(e, local);
  return [
    ...best.flatMap((l) => [...frame.constants.loadBits(LOWEST_FLOATS), ...set(l)]),
    ...overRow(frame, (shift) => grown(best[shift / FOUR]!, v128.load(shift)), rest, best.length),
    ...best.slice(1).flatMap((l) => [...get(local), ...get(l), ...f32x4.pmax, ...set(local)]),
    ...[...folds, ...get(local), ...f32x4.promote, ...plusZero(frame), ...set(local)],
  ];
}

/** The bytes of two copies of a vector, as if it were turned. */
const rotated = (by: number): Code =>
  v128.shuffle(...Array.from({ length: 16 }, (_, i) => (i + by) % 16));
