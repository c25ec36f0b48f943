/** # Rows of tensors to where a kernel wants them, and back */
import type { Rows } from '../../tensor.ts';

/** Rows `first` … `first + count − 1`. */
export function gather(
  from: Float32Array,
  to: Float32Array,
  rows: Rows,
  first: number,
  count: number,
): void {
  const { length, stride } = rows;
  if (stride === 1) to.set(part(from, first * length, count * length));
  else
    forEachRun(rows, first, count, (tensor, room, run) =>
      copy(from, tensor, to, room, length, run),
    );
}

export function scatter(
  from: Float32Array,
  to: Float32Array,
  rows: Rows,
  first: number,
  count: number,
): void {
  const { length, stride } = rows;
  if (stride === 1) to.set(part(from, 0, count * length), first * length);
  else
    forEachRun(rows, first, count, (tensor, room, run) =>
      copy(from, room, to, tensor, length, run),
    );
}

const part = (array: Float32Array, start: number, size: number): Float32Array =>
  size === array.length ? array : array.subarray(start, start + size);

/** Element i of row j is at start + i·element + j·row. */
interface Grid {
  readonly start: number;
  readonly element: number;
  readonly row: number;
}

/** As many rows as are beside each other in the tensor, at a time. */
function forEachRun(
  { length, stride, start }: Rows,
  first: number,
  count: number,
  visit: (tensor: Grid, room: Grid, run: number) => void,
): void {
  for (let r = 0; r < count; ) {
    const run = Math.min(count - r, stride - ((first + r) % stride));
    const tensor = { start: start(first + r), element: stride, row: 1 };
    visit(tensor, { start: r * length, element: 1, row: length }, run);
    r += run;
  }
}

/** Elements at a time: so many lines of memory are in the cache, whatever is between them. */
const TILE = 16;

function copy(
  from: Float32Array,
  source: Grid,
  to: Float32Array,
  target: Grid,
  elements: number,
  rows: number,
): void {
  const { start: a, element: stepA, row: rowA } = source;
  const { start: b, element: stepB, row: rowB } = target;
  for (let first = 0; first < elements; first += TILE) {
    const size = Math.min(TILE, elements - first);
    for (let j = 0; j < rows; j++) {
      let read = a + j * rowA + first * stepA;
      let write = b + j * rowB + first * stepB;
      for (let i = 0; i < size; i++, read += stepA, write += stepB) to[write] = from[read]!;
    }
  }
}
