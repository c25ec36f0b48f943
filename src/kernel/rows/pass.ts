/** # A pass over a row as WebAssembly: reductions and results, four elements at a time */
import { type Code, f64x2, get, i32, i32x, lowers, set, v128, when } from '../assembler.ts';
import { code, type Expression } from '../expression.ts';
import { type Pipeline, pipeline, stagesOf } from '../stages.ts';
import { type Frame, HALF, type Half, halfOf, pointer } from './frame.ts';
import { partsOf } from './language.ts';
import { FOUR, overRow } from './loop.ts';
import type { Step } from './plan.ts';
import { type Accumulator, accumulator, added, cleared, folded, largestInput } from './reduce.ts';

/** What one loop does: accumulators and results take the values of bodies in this order. */
interface Work {
  readonly bodies: readonly Expression[];
  readonly accumulators: readonly Accumulator[];
  readonly names: readonly string[];
  readonly stored: ReadonlySet<Expression>;
}

export function pass(frame: Frame, step: Extract<Step, { kind: 'pass' }>): Code {
  const isPlain = (e: Expression) => e.kind === 'largest' && code(e.of[0]!).kind === 'input';
  const reductions = step.reductions.filter((e) => !isPlain(e));
  const work: Work = {
    bodies: [...reductions.map((e) => e.of[0]!), ...Object.values(step.results)].map(code),
    accumulators: reductions.map((e) => accumulator(frame, e)),
    names: Object.keys(step.results),
    stored: step.stored,
  };
  return [
    ...step.reductions.filter(isPlain).flatMap((e) => largestInput(frame, e)),
    ...(work.bodies.length > 0 ? loop(frame, work) : []),
  ];
}

/** Of rows, and not of elements. */
const WHOLE: readonly Expression['kind'][] = ['sum', 'largest', 'at'];

/**
 * Stages that are ahead read beyond the row, where the memory has something. They must not write
 * there: what has something in it that is to be kept is no stage.
 */
function piped(frame: Frame, { bodies, stored }: Work): Pipeline {
  const known = new Set([...frame.values.keys(), ...stored]);
  const isWhole = (e: Expression) => known.has(e) || WHOLE.includes(e.kind);
  const keeps = (e: Expression) => [...partsOf([e], known)].some((part) => part.kind === 'kept');
  const stages = stagesOf(bodies, isWhole).filter((stage) => !keeps(stage));
  const newLocal = () => frame.emitter.local();
  return pipeline(bodies, stages, newLocal, (stage, before, half, ahead) =>
    halfOf(frame, [stage], stored, FOUR * ahead, half, before).flat(),
  );
}

function loop(frame: Frame, work: Work): Code {
  const pipe = piped(frame, work);
  const results = work.names.map((name) => ({
    name,
    halves: [frame.emitter.local(), frame.emitter.local()] as const,
  }));
  const halves = (shift: number, isEnd: boolean): Code =>
    ([0, 1] as const).flatMap((h) =>
      half(frame, work, results, { h, shift, isEnd }, pipe.known(h)),
    );
  const four = (shift: number): Code => [
    ...halves(shift, false),
    ...results.flatMap((result) => stored(frame, result, shift)),
    ...pipe.advance,
  ];
  const rest = [...halves(0, true), ...results.flatMap((result) => storedRest(frame, result))];
  return [
    ...work.accumulators.flatMap((a) => cleared(frame, a)),
    ...[...i32(0), ...set(frame.offset), ...pipe.fill],
    ...overRow(frame, four, rest, pipe.advance.length > 0 ? 1 : TIMES),
    ...work.accumulators.flatMap((a) => folded(frame, a)),
  ];
}

/** Vectors a round, where no stages make rounds long. */
const TIMES = 2;

/** A result and the locals of its halves, as float32 in their lower lanes. */
interface Result {
  readonly name: string;
  readonly halves: readonly [number, number];
}
interface Place {
  readonly h: Half;
  readonly shift: number;
  readonly isEnd: boolean;
}

function half(
  frame: Frame,
  { bodies, accumulators, stored }: Work,
  results: readonly Result[],
  { h, shift, isEnd }: Place,
  known: ReturnType<Pipeline['known']>,
): Code {
  const values = halfOf(frame, bodies, stored, shift, h, known);
  const sums = accumulators.flatMap((a, i) => added(frame, a, h, values[i]!, isEnd));
  const floats = results.flatMap(({ halves }, i) => [
    ...[...values[accumulators.length + i]!, ...f64x2.demote, ...set(halves[h])],
  ]);
  return [...sums, ...floats];
}

const stored = (frame: Frame, { name, halves: [low, high] }: Result, shift: number): Code => [
  ...[...pointer(frame, name), ...get(low), ...get(high), ...lowers, ...v128.store(shift)],
];

/** The last one, two or three elements. */
function storedRest(frame: Frame, { name, halves: [low, high] }: Result): Code {
  const { tail } = frame;
  const isTail = (bytes: number) => [...get(tail), ...i32(bytes), ...i32x.equals];
  const to = (vector: number) => [...pointer(frame, name), ...get(vector)];
  return [
    ...when(isTail(4), [...to(low), ...v128.storeFloat()]),
    ...when([...get(tail), ...i32(8), ...i32x.and], [...to(low), ...v128.storeDouble()]),
    ...when(isTail(12), [...to(high), ...v128.storeFloat(HALF)]),
  ];
}
