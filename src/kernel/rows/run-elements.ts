/**
 * # A row kernel on tensors as a whole
 *
 * For losses of single elements: a tensor is cut into rows of BLOCK elements, whatever its shape,
 * and sums over those are added up. `unusual` answers a row that the kernel is not made for.
 */
import { fastestOf } from '../reading.ts';
import { type RowKernel, USUAL } from './language.ts';
import { machineOf, type Room } from './machine.ts';

/** The part of the tensors that is in the room. */
export interface Part {
  readonly room: Room;
  readonly start: number;
  readonly length: number;
}

export interface ElementTask {
  readonly count: number;
  /** Tensors, or their elements one by one. */
  readonly inputs: Readonly<Record<string, Float32Array | ((i: number) => number)>>;
  readonly scalars: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, Float32Array>>;
  readonly unusual: (part: Part) => void;
  /** Sees each part when it is answered. */
  readonly answered: (part: Part) => void;
}

/** Elements at a time, so that they stay in the cache. */
const BLOCK = 4096;

export function elementRunner(kernel: RowKernel): (task: ElementTask) => void {
  const machine = fastestOf((reading) => machineOf(kernel, reading));
  return (task) => {
    for (let start = 0; start < task.count; start += BLOCK) {
      const length = Math.min(BLOCK, task.count - start);
      runPart(task, { room: machine()(1, BLOCK), start, length });
    }
  };
}

function runPart({ inputs, scalars, results, ...task }: ElementTask, part: Part): void {
  const { room, start, length } = part;
  for (const name in inputs) fill(room.floats[name]!, inputs[name]!, part);
  for (const name in scalars) room.doubles[name]![0] = scalars[name]!;
  room.run(1, length);
  if (!Number.isFinite(room.doubles[USUAL]![0])) task.unusual(part);
  task.answered(part);
  for (const name in results) {
    results[name]!.set(room.floats[name]!.subarray(0, length), start);
  }
}

function fill(
  to: Float32Array,
  from: ElementTask['inputs'][string],
  { start, length }: Part,
): void {
  if (typeof from !== 'function') to.set(from.subarray(start, start + length));
  else for (let i = 0; i < length; i++) to[i] = from(start + i);
}
