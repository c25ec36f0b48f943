/** # Tensors: elements in row-major order, and their shape */

export type Shape = readonly number[];

export interface Tensor<Data> {
  readonly data: Data;
  readonly shape: Shape;
}
/** Real numbers. */
export type Floats = Tensor<Float32Array>;
/** Indices of classes. */
export type Classes = Tensor<BigInt64Array | Int32Array | Uint8Array | readonly number[]>;

export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** The rows of a tensor along one axis: row r has `length` elements, `stride` apart. */
export interface Rows {
  readonly count: number;
  readonly length: number;
  readonly stride: number;
  readonly start: (r: number) => number;
}

/** A tensor of rank 0 is a row of one element. */
export function rowsOf(shape: Shape, axis: number): Rows {
  const length = shape[axis] ?? 1;
  const stride = sizeOf(shape.slice(axis + 1));
  // Where rows are contiguous two divisions are most of what a gather costs.
  const start =
    stride === 1
      ? (r: number) => r * length
      : (r: number) => Math.floor(r / stride) * length * stride + (r % stride);
  return { count: sizeOf(shape.slice(0, axis)) * stride, length, stride, start };
}

/** Where the elements of a tensor of shape `from` are when it is stretched to `shape`. */
export function stretched(from: Shape, shape: Shape): (i: number) => number {
  if (sameShape(from, shape)) return (i) => i;
  const missing = shape.length - from.length;
  const steps = shape.map((n, axis) => {
    const own = from[axis - missing] ?? 1;
    const step = own === 1 ? 0 : sizeOf(from.slice(axis - missing + 1));
    return { n, step, inner: sizeOf(shape.slice(axis + 1)) };
  });
  return (i) =>
    steps.reduce((place, { n, step, inner }) => place + (Math.floor(i / inner) % n) * step, 0);
}

export const stretches = (from: Shape, shape: Shape): boolean =>
  from.length <= shape.length &&
  from.every((n, i) => n === 1 || n === shape[i + shape.length - from.length]);
