/** # A pass over a row as WebAssembly: sums and maxima */
import { type Code, f32x4, f64x2, get, i32, i32x, repeat, set, tee, v128 } from '../assembler.ts';
import { code, type Expression } from '../expression.ts';
import { type Frame, fourOf, type Half, pointer, WIDTH } from './frame.ts';
import { FOUR, insideRow, overRow } from './loop.ts';
import type { Step } from './plan.ts';

type Pass = Extract<Step, { kind: 'pass' }>;

/** Two vectors of a sum or maximum on its way: one for either half of four elements. */
interface Accumulator {
  readonly of: Expression;
  readonly halves: readonly [number, number];
}

/** Both lanes of −∞, and all four. */
const LOWEST = -Infinity;
const LOWEST_FLOATS = 0xff800000ff800000n;

export function pass(frame: Frame, { reductions, stored }: Pass): Code {
  const isPlain = (e: Expression) => e.kind === 'largest' && code(e.of[0]!).kind === 'input';
  const others = reductions.filter((e) => !isPlain(e));
  return [
    ...reductions.filter(isPlain).flatMap((e) => largestInput(frame, e)),
    ...(others.length > 0 ? mixed(frame, others, stored) : []),
  ];
}

const pair = ({ emitter }: Frame) => [emitter.local(), emitter.local()] as const;
const operator = (e: Expression): Code => (e.kind === 'sum' ? f64x2.add : f64x2.pmax);

/** Sums and maxima of expressions, in two lanes of float64. */
function mixed(frame: Frame, list: readonly Expression[], stored: ReadonlySet<Expression>): Code {
  const { constants } = frame;
  const accumulators = list.map((of): Accumulator => ({ of, halves: pair(frame) }));
  const empty = (of: Expression) => constants.load(of.kind === 'sum' ? 0 : LOWEST);
  const clear = accumulators.flatMap(({ of, halves }) =>
    halves.flatMap((local) => [...empty(of), ...set(local)]),
  );
  const masked = (of: Expression, half: Half): Code =>
    of.kind === 'sum'
      ? [...insideRow(frame, half), ...v128.and]
      : [...constants.load(LOWEST), ...insideRow(frame, half), ...v128.bitselect];
  const four = (shift: number, mask: typeof masked) =>
    block(frame, accumulators, stored, shift, mask);
  return [
    ...clear,
    ...overRow(frame, (shift) => four(shift, () => []), four(0, masked), 1),
    ...accumulators.flatMap((accumulator) => folded(frame, accumulator)),
  ];
}

function block(
  frame: Frame,
  accumulators: readonly Accumulator[],
  stored: ReadonlySet<Expression>,
  shift: number,
  mask: (of: Expression, half: Half) => Code,
): Code {
  const bodies = accumulators.map(({ of }) => code(of.of[0]!));
  const { load, half } = fourOf(frame, bodies, stored, shift);
  const added = (h: Half): Code => {
    const values = half(h);
    return accumulators.flatMap(({ of, halves }, i) => [
      ...[...get(halves[h]), ...values[i]!, ...mask(of, h)],
      ...[...operator(of), ...set(halves[h])],
    ]);
  };
  return [...load, ...added(0), ...added(1)];
}

/** (lane 0 + lane 2) + (lane 1 + lane 3), in both lanes of a new local. */
function folded(frame: Frame, { of, halves: [low, high] }: Accumulator): Code {
  const local = frame.emitter.local();
  frame.values.set(of, local);
  return [
    ...[...get(low), ...get(high), ...operator(of), ...set(local)],
    ...[...get(local), ...get(local), ...get(local), ...rotated(8), ...operator(of), ...set(local)],
  ];
}

/** The largest of an input as it is, in four lanes of float32 and four accumulators. */
function largestInput(frame: Frame, e: Expression): Code {
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
    ...[...folds, ...get(local), ...f32x4.promote, ...set(local)],
  ];
}

/** The bytes of two copies of a vector, as if it were turned. */
const rotated = (by: number): Code =>
  v128.shuffle(...Array.from({ length: 16 }, (_, i) => (i + by) % 16));
