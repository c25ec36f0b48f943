/** # A pass over a row as WebAssembly: reductions and results, four elements at a time */
import { type Code, f64x2, get, i32, i32x, join, set, v128, when } from '../assembler.ts';
import { code, type Expression } from '../expression.ts';
import { type Frame, fourOf, type Half, pointer } from './frame.ts';
import { overRow } from './loop.ts';
import type { Step } from './plan.ts';
import { type Accumulator, accumulator, added, cleared, folded, largestInput } from './reduce.ts';

/** What one loop does. */
interface Work {
  readonly bodies: readonly Expression[];
  readonly accumulators: readonly Accumulator[];
  /** The names of results, and the vectors that gather four elements of each. */
  readonly names: readonly string[];
  readonly vectors: readonly number[];
  readonly stored: ReadonlySet<Expression>;
}

export function pass(frame: Frame, step: Extract<Step, { kind: 'pass' }>): Code {
  const isPlain = (e: Expression) => e.kind === 'largest' && code(e.of[0]!).kind === 'input';
  const reductions = step.reductions.filter((e) => !isPlain(e));
  const names = Object.keys(step.results);
  const work: Work = {
    bodies: [...reductions.map((e) => e.of[0]!), ...Object.values(step.results)].map(code),
    accumulators: reductions.map((e) => accumulator(frame, e)),
    names,
    vectors: names.map(() => frame.emitter.local()),
    stored: step.stored,
  };
  return [
    ...step.reductions.filter(isPlain).flatMap((e) => largestInput(frame, e)),
    ...(work.bodies.length > 0 ? loop(frame, work) : []),
  ];
}

function loop(frame: Frame, work: Work): Code {
  const store = (shift: number) => (name: string, vector: number) => [
    ...[...pointer(frame, name), ...get(vector), ...v128.store(shift)],
  ];
  const whole = (shift: number) => four(frame, work, shift, false, store(shift));
  const rest = four(frame, work, 0, true, (name, vector) => storedRest(frame, name, vector));
  return [
    ...work.accumulators.flatMap((a) => cleared(frame, a)),
    ...overRow(frame, whole, rest, 1),
    ...work.accumulators.flatMap((a) => folded(frame, a)),
  ];
}

function four(
  frame: Frame,
  { bodies, accumulators, names, vectors, stored }: Work,
  shift: number,
  isEnd: boolean,
  store: (name: string, vector: number) => Code,
): Code {
  const { load, half } = fourOf(frame, bodies, stored, shift);
  const halfOf = (h: Half): Code => {
    const values = half(h);
    const sums = accumulators.map((a, i) => added(frame, a, h, values[i]!, isEnd));
    const results = vectors.map((vector, i) => [
      ...(h === 0 ? [] : get(vector)),
      ...[...values[accumulators.length + i]!, ...f64x2.demote],
      ...[...(h === 0 ? [] : join), ...set(vector)],
    ]);
    return [...sums, ...results].flat();
  };
  const stores = names.flatMap((name, i) => store(name, vectors[i]!));
  return [...load, ...halfOf(0), ...halfOf(1), ...stores];
}

/** The first one, two or three of four elements. */
function storedRest(frame: Frame, name: string, vector: number): Code {
  const to = [...pointer(frame, name), ...get(vector)];
  const isTail = (bytes: number) => [...get(frame.tail), ...i32(bytes), ...i32x.equals];
  return [
    ...when([...get(frame.tail), ...i32(8), ...i32x.and], [...to, ...v128.storeDouble(0, 0)]),
    ...when(isTail(12), [...to, ...v128.storeFloat(8, 2)]),
    ...when(isTail(4), [...to, ...v128.storeFloat(0, 0)]),
  ];
}
