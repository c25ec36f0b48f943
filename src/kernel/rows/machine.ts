/**
 * # A row kernel that can be run, in one of its readings
 *
 * It works on arrays of its own, which `room` makes for so many rows of such a length: only what is
 * larger than before needs new memory. Elements of a row follow each other.
 */
import type { Origin } from '../compile.ts';
import { HEAP } from '../constants.ts';
import { instantiate } from '../instances.ts';
import type { Reading } from '../reading.ts';
import { rowFunction } from './javascript.ts';
import { type Argument, argumentsOf, type RowKernel } from './language.ts';
import { rowModule } from './module.ts';

type Data = Float32Array | Float64Array | Int32Array;

/** The arrays of a kernel by name. */
export interface Room {
  readonly floats: Readonly<Record<string, Float32Array>>;
  readonly doubles: Readonly<Record<string, Float64Array>>;
  readonly integers: Readonly<Record<string, Int32Array>>;
  /** For as many rows as are filled; one alone may be shorter than its room. */
  readonly run: (rows: number, length?: number) => void;
}
export type Machine = (rows: number, length: number) => Room;

/** undefined where the engine cannot run it. */
export function machineOf(kernel: RowKernel, reading: Reading): Machine | undefined {
  const build = builderOf(kernel, reading);
  return build && remembering(build);
}

function builderOf(kernel: RowKernel, reading: Reading): Machine | undefined {
  switch (reading) {
    case 'fma':
    case 'simd':
      // Rows use no fused multiply-add, so these are one.
      return simd(kernel);
    case 'javascript':
      return portable(kernel, 'compiled');
    case 'generated':
      return portable(kernel, 'generated');
  }
}

/** The room is made again only for another size. */
function remembering(build: Machine): Machine {
  let [most, long] = [-1, -1];
  let room: Room | undefined;
  return (rows, length) => {
    if (!room || rows !== most || length !== long) room = build(rows, length);
    [most, long] = [rows, length];
    return room;
  };
}

const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

/** Elements of an array. Kept values come in fours. */
function sizeOf({ per, holds }: Argument, rows: number, length: number): number {
  if (per === 'element') return rows * length;
  if (per === 'row') return rows;
  return holds === 'float64' ? Math.ceil(length / 4) * 4 : length;
}

function portable(kernel: RowKernel, origin: Origin): Machine | undefined {
  const compute = rowFunction(kernel, origin);
  if (!compute) return undefined;
  const list = argumentsOf(kernel);
  return (rows, length) => {
    const arrays = list.map((a) => new TYPES[a.holds](sizeOf(a, rows, length)));
    return {
      ...byName(list, arrays),
      run: (count, own = length) => compute(count, own, ...arrays),
    };
  };
}

/** Vectors of 16 bytes; one more after each array, because the last loads reach beyond it. */
const VECTOR = 16;
const aligned = (bytes: number): number => (Math.ceil(bytes / VECTOR) + 1) * VECTOR;
/** More than stages that are ahead read beyond the last array. */
const BEYOND = 256;
const PAGE = 65536;

function simd(kernel: RowKernel): Machine | undefined {
  const exports = instantiate(rowModule(kernel));
  if (!exports) return undefined;
  const memory = exports.memory as WebAssembly.Memory;
  const compute = exports.run as (rows: number, width: number, ...addresses: number[]) => number;
  const list = argumentsOf(kernel);
  return (rows, length) => {
    const sizes = list.map((a) => sizeOf(a, rows, length));
    let end = HEAP;
    const addresses = list.map(({ holds }, i) => {
      const start = end;
      end += aligned(sizes[i]! * TYPES[holds].BYTES_PER_ELEMENT);
      return start;
    });
    const missing = Math.ceil((end + BEYOND - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    const { buffer } = memory;
    const arrays = list.map(({ holds }, i) => new TYPES[holds](buffer, addresses[i]!, sizes[i]!));
    return {
      ...byName(list, arrays),
      run: (count, own = length) => compute(count, 4 * own, ...addresses),
    };
  };
}

function byName(list: readonly Argument[], arrays: readonly Data[]): Omit<Room, 'run'> {
  const those = (holds: Argument['holds']) =>
    Object.fromEntries(
      list.flatMap((a, i) => (a.holds === holds ? [[a.name, arrays[i]!] as const] : [])),
    );
  return {
    floats: those('float32') as Room['floats'],
    doubles: those('float64') as Room['doubles'],
    integers: those('int32') as Room['integers'],
  };
}
