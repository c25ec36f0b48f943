/**
 * # Operators along one axis, row by row
 *
 * Each row is read into float64, and its results are rounded once. `out` may be the input itself.
 */
import { checkFloats } from './check.ts';
import { type Accuracy, type Operator, operator } from './operator.ts';
import { integer } from './parameters.ts';
import { axisOf, type Input, type Params } from './rowwise.ts';
import { type Rows, rowsOf } from './tensor.ts';

/** A row of results from one of numbers, and of slopes with its cotangent. */
export type RowFunction = (x: Float64Array) => ArrayLike<number>;
export type RowSlope = (x: Float64Array, u: Float64Array) => ArrayLike<number>;

interface Description {
  readonly id: string;
  readonly accuracy?: Accuracy | undefined;
  readonly value: RowFunction;
  readonly gradient: RowSlope;
}

export const rowFunction = ({
  id,
  accuracy,
  value,
  gradient,
}: Description): Operator<Input, Params, Input> =>
  operator<Input, Params, Input>({
    ...{ id, accuracy },
    inputs: ['input'],
    differentiable: ['input'],
    parameters: { dim: integer(-1) },
    plan({ input }, { dim }) {
      const { data, shape } = checkFloats({ id, name: 'input' }, input);
      const rows = rowsOf(shape, axisOf(id, shape, dim));
      return {
        ...{ shape, shapes: { input: shape } },
        value: (out) => eachRow(rows, [data], out, ([x]) => value(x!)),
        gradient: (cotangent, out) =>
          eachRow(rows, [data, cotangent], out.input, ([x, u]) => gradient(x!, u!)),
      };
    },
  });

/** Computes every row of `out` from those of tensors; an absent tensor is one of ones. */
export function eachRow(
  { count, length, stride, start }: Rows,
  tensors: readonly (Float32Array | undefined)[],
  out: Float32Array,
  compute: (rows: readonly Float64Array[]) => ArrayLike<number>,
): void {
  const read = tensors.map(() => new Float64Array(length).fill(1));
  for (let r = 0; r < count; r++) {
    const first = start(r);
    for (const [k, tensor] of tensors.entries()) {
      if (tensor) for (let i = 0; i < length; i++) read[k]![i] = tensor[first + i * stride]!;
    }
    const y = compute(read);
    for (let i = 0; i < length; i++) out[first + i * stride] = y[i]!;
  }
}

/** The first largest element; a row with NaN has none, nor has an empty one: −1. */
export function firstLargest(x: ArrayLike<number>): number {
  let top = x.length > 0 ? 0 : -1;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i])) return -1;
    if (x[i]! > x[top]!) top = i;
  }
  return top;
}
