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
import { machineOf, type Room } from './machine.ts';

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

export function rowsAtATime({ count, length, stride }: Rows): number {
  const least = stride === 1 ? 1 : ROWS;
  return Math.min(Math.max(count, 1), Math.max(least, Math.floor(BLOCK / Math.max(length, 1))));
}

/** Runs a kernel, in the fastest reading that the engine has, found at the first call. */
export function rowRunner(kernel: RowKernel): (task: Task) => void {
  const machine = fastestOf((reading) => machineOf(kernel, reading));
  return (task) => {
    const { count, length } = task.rows;
    const most = rowsAtATime(task.rows);
    const room = machine()(most, length);
    fillOnce(room, task);
    const moves = movesOf(room, task);
    for (let first = 0; first < count; first += most) {
      block(room, task, moves, first, Math.min(most, count - first));
    }
  };
}

/** What is the same for all rows; kernels write to none of it. */
function fillOnce({ floats, doubles }: Room, { inputs, columns = {}, scalars = {} }: Task): void {
  for (const name in inputs) if (!inputs[name]) floats[name]!.fill(1);
  for (const name in columns) {
    const column = columns[name];
    if (column) floats[name]!.set(column);
    else floats[name]!.fill(1);
  }
  for (const name in scalars) {
    const scalar = scalars[name]!;
    if (typeof scalar === 'number') doubles[name]!.fill(scalar);
  }
}

/**
 * From where each block takes what, and to where. Looked up once: names cost as much as copying
 * some hundred elements.
 */
type Moves = ReturnType<typeof movesOf>;

function movesOf(room: Room, { inputs, scalars = {}, indices = {}, results }: Task) {
  return {
    inputs: pairs(inputs, room.floats),
    scalars: pairs(scalars, room.doubles),
    indices: pairs(indices, room.integers),
    results: pairs(results, room.floats),
    usual: room.doubles[USUAL]!,
  };
}

const pairs = <A, B>(
  tensors: Readonly<Record<string, A>>,
  arrays: Readonly<Record<string, B>>,
): readonly (readonly [A, B])[] =>
  Object.keys(tensors).map((name) => [tensors[name]!, arrays[name]!]);

function block(room: Room, task: Task, moves: Moves, first: number, count: number): void {
  fill(task.rows, moves, first, count);
  room.run(count);
  for (let r = 0; r < count; r++) {
    if (!Number.isFinite(moves.usual[r])) task.unusual(room, r, first + r);
  }
  task.answered?.(room, first, count);
  for (const [tensor, from] of moves.results) scatter(from, tensor, task.rows, first, count);
}

function fill(rows: Rows, { inputs, scalars, indices }: Moves, first: number, count: number): void {
  for (const [tensor, to] of inputs) if (tensor) gather(tensor, to, rows, first, count);
  for (const [scalar, to] of scalars) {
    if (typeof scalar !== 'number') for (let r = 0; r < count; r++) to[r] = scalar(first + r);
  }
  for (const [from, to] of indices) {
    for (let r = 0; r < count; r++) to[r] = Math.max(0, from[first + r]!);
  }
}
