/** # A pass over a row as WebAssembly: reductions and results, four elements at a time */
import { type Code, f64x2, get, i32, i32x, set, v128, when } from '../assembler.ts';
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
  const halves = (isEnd: boolean): Code => [
    ...half(frame, work, 0, isEnd, pipe.known(0)),
    ...half(frame, work, 1, isEnd, pipe.known(1)),
  ];
  return [
    ...work.accumulators.flatMap((a) => cleared(frame, a)),
    ...[...i32(0), ...set(frame.offset), ...pipe.fill],
    ...overRow(frame, () => [...halves(false), ...pipe.advance], halves(true), 1),
    ...work.accumulators.flatMap((a) => folded(frame, a)),
  ];
}

function half(
  frame: Frame,
  work: Work,
  h: Half,
  isEnd: boolean,
  known: ReturnType<Pipeline['known']>,
): Code {
  const { bodies, accumulators, names, stored } = work;
  const values = halfOf(frame, bodies, stored, 0, h, known);
  const sums = accumulators.flatMap((a, i) => added(frame, a, h, values[i]!, isEnd));
  const results = names.flatMap((name, i) => {
    const vector = frame.emitter.local();
    const value = values[accumulators.length + i]!;
    const to = [...pointer(frame, name), ...get(vector)];
    const stores = isEnd ? storedRest(frame, h, to) : [...to, ...v128.storeDouble(HALF * h)];
    return [...value, ...f64x2.demote, ...set(vector), ...stores];
  });
  return [...sums, ...results];
}

/** As many of the last one, two or three elements as are in a half; `to` is where, and what. */
function storedRest({ tail }: Frame, h: Half, to: Code): Code {
  const isTail = (bytes: number) => [...get(tail), ...i32(bytes), ...i32x.equals];
  if (h === 1) return when(isTail(12), [...to, ...v128.storeFloat(HALF)]);
  return [
    ...when(isTail(4), [...to, ...v128.storeFloat()]),
    ...when([...get(tail), ...i32(8), ...i32x.and], [...to, ...v128.storeDouble()]),
  ];
}
