/**
 * # A row kernel on the rows of tensors
 *
 * Rows are copied to the kernel, some thousand elements at a time, and results back. So rows may
 * lie along any axis, and a result may be the array that is read: rows that the kernel is not made
 * for are seen, and answered by `unusual`, before any of their elements is written.
 */
import type { Rows } from '../../tensor.ts';
import { fastestOf } from '../reading.ts';
import { gather, scatter } from './copy.ts';
import { type RowKernel, USUAL } from './language.ts';
import { type Machine, machineOf, type Room } from './machine.ts';

export interface Task {
  readonly rows: Rows;
  /** An absent tensor is one of ones. */
  readonly inputs: Readonly<Record<string, Float32Array | undefined>>;
  readonly columns?: Readonly<Record<string, Float32Array | undefined>> | undefined;
  /** One for all rows, or of each. */
  readonly scalars?: Readonly<Record<string, number | ((row: number) => number)>>;
  /** Of each row; a negative one stands for 0. */
  readonly indices?: Readonly<Record<string, Int32Array>> | undefined;
  readonly results: Readonly<Record<string, Float32Array>>;
  /** Answers row r of the room, which is `row` of the tensors. */
  readonly unusual: (room: Room, r: number, row: number) => void;
  /** Sees a room with answers, whose rows are `count` of the tensors from `first` on. */
  readonly answered?: (room: Room, first: number, count: number) => void;
}

/** Elements at a time, so that they stay in the cache; and rows, of those that are not contiguous. */
const BLOCK = 8192;
const ROWS = 16;

function rowsAtATime({ count, length, stride }: Rows): number {
  const least = stride === 1 ? 1 : ROWS;
  return Math.min(Math.max(count, 1), Math.max(least, Math.floor(BLOCK / Math.max(length, 1))));
}

/** Runs a kernel, in the fastest reading that the engine has, found at the first call. */
export function rowRunner(kernel: RowKernel): (task: Task) => void {
  const machine = fastestOf((reading) => machineOf(kernel, reading));
  return (task) => {
    const { count } = task.rows;
    const most = rowsAtATime(task.rows);
    for (let first = 0; first < count; first += most) {
      block(machine(), task, first, Math.min(most, count - first), most);
    }
  };
}

function block(machine: Machine, task: Task, first: number, count: number, most: number): void {
  const room = machine(most, task.rows.length);
  fill(room, task, first, count);
  room.run(count);
  const usual = room.doubles[USUAL]!;
  for (let r = 0; r < count; r++) {
    if (!Number.isFinite(usual[r])) task.unusual(room, r, first + r);
  }
  task.answered?.(room, first, count);
  for (const name in task.results) {
    scatter(room.floats[name]!, task.results[name]!, task.rows, first, count);
  }
}

function fill(room: Room, task: Task, first: number, count: number): void {
  const { inputs, columns = {}, scalars = {}, indices = {} } = task;
  for (const name in inputs) gather(inputs[name], room.floats[name]!, task.rows, first, count);
  for (const name in columns) {
    const column = columns[name];
    if (column) room.floats[name]!.set(column);
    else room.floats[name]!.fill(1);
  }
  for (const name in scalars) {
    const [scalar, to] = [scalars[name]!, room.doubles[name]!];
    if (typeof scalar === 'number') to.fill(scalar);
    else for (let r = 0; r < count; r++) to[r] = scalar(first + r);
  }
  for (const name in indices) {
    const [from, to] = [indices[name]!, room.integers[name]!];
    for (let r = 0; r < count; r++) to[r] = Math.max(0, from[first + r]!);
  }
}
