/** # A row kernel read as WebAssembly: one routine that takes the number of rows and addresses */
import {
  assemble,
  type Code,
  choose,
  f64x2,
  get,
  i32,
  i32x,
  type Routine,
  repeat,
  set,
  tee,
  v128,
  when,
} from '../assembler.ts';
import { Constants } from '../constants.ts';
import type { Expression } from '../expression.ts';
import { elementPointer, type Frame, frameOf, ROWS, rowMemory, WIDTH } from './frame.ts';
import { type Argument, operandsOf, type RowKernel } from './language.ts';
import { pass } from './pass.ts';
import { planOf, type Step } from './plan.ts';

export function rowModule(kernel: RowKernel): Uint8Array<ArrayBuffer> {
  const constants = new Constants();
  const routine = rowRoutine(kernel, constants);
  return assemble([routine], constants.segments, constants.pages);
}

function rowRoutine(kernel: RowKernel, constants: Constants): Routine {
  const frame = frameOf(kernel, constants);
  const row = steps(frame, planOf(kernel));
  const advance = frame.given.flatMap((argument) => forward(frame, argument));
  const next = [...get(ROWS), ...i32(1), ...i32x.sub, ...tee(ROWS)];
  const rows = when(get(ROWS), repeat([...row, ...advance], next));
  const code = [...frame.prologue(), ...rows, ...get(ROWS)];
  const parameters = frame.emitter.parameters;
  return { name: 'run', parameters, locals: frame.emitter.locals, code };
}

const steps = (frame: Frame, list: readonly Step[]): Code =>
  list.flatMap((step) => stepCode(frame, step));

function stepCode(frame: Frame, step: Step): Code {
  switch (step.kind) {
    case 'value':
      return [...rowValue(frame, step.of), ...set(valueLocal(frame, step.of))];
    case 'choice':
      return choice(frame, step.of, step.inside);
    case 'pass':
      return pass(frame, step);
    case 'write':
      return [
        ...[...get(frame.address(step.result)), ...rowValue(frame, step.of)],
        ...v128.storeDouble(),
      ];
    case 'patch':
      return [
        ...elementPointer(frame, step.result, step.index.name),
        ...[...rowValue(frame, step.of), ...f64x2.demote, ...v128.storeFloat()],
      ];
  }
}

const rowValue = ({ emitter, values, ...rest }: Frame, e: Expression): Code =>
  emitter.emit(e, values, rowMemory({ emitter, values, ...rest }));

function valueLocal({ emitter, values }: Frame, e: Expression): number {
  const local = emitter.local();
  values.set(e, local);
  return local;
}

/** What is computed inside does not exist for rows where the answer is no. */
function choice(frame: Frame, e: Expression, inside: readonly Step[]): Code {
  const [a, b, yes, no] = operandsOf(e) as [Expression, Expression, Expression, Expression];
  const test = [...rowValue(frame, a), ...rowValue(frame, b), ...f64x2.less, ...v128.anyTrue];
  const within = { ...frame, values: new Map(frame.values) };
  const then = [...steps(within, inside), ...rowValue(within, yes)];
  return [...choose(test, then, rowValue(frame, no)), ...set(valueLocal(frame, e))];
}

const SIZES = { float32: 4, int32: 4, float64: 8 } as const;

/** An argument's address, of the next row. */
function forward(frame: Frame, { name, holds, per }: Argument): Code {
  if (per === 'all') return [];
  const step = per === 'element' ? get(WIDTH) : i32(SIZES[holds]);
  return [...get(frame.address(name)), ...step, ...i32x.add, ...set(frame.address(name))];
}
