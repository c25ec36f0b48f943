/**
 * # Operators along one axis
 *
 * `dim` counts from the front, or from the back if it is negative.
 */
import { checkFloats } from './check.ts';
import { type Row, readRow } from './math/softmax.ts';
import { type Operator, operator, type Plan } from './operator.ts';
import { integer } from './parameters.ts';
import { type Floats, type Rows, rowsOf, type Shape, showShape } from './tensor.ts';

export interface Input {
  readonly input: Floats;
}
export interface Params {
  readonly dim: number;
}

/** One row of an operator. */
export interface Place {
  readonly row: Row;
  /** Where element i is, in tensors of the input's shape. */
  readonly at: (i: number) => number;
  readonly index: number;
}

interface Description {
  readonly id: string;
  /** Whether the result has no such axis. */
  readonly reduces: boolean;
  readonly value: (place: Place, out: Float32Array) => void;
  readonly gradient: (place: Place, u: (i: number) => number, out: Float32Array) => void;
}

export function rowwise(description: Description): Operator<Input, Params, Input> {
  const { id } = description;
  return operator<Input, Params, Input>({
    id,
    inputs: ['input'],
    differentiable: ['input'],
    parameters: { dim: integer(-1) },
    plan({ input }, { dim }) {
      const tensor = checkFloats({ id, name: 'input' }, input);
      return plan(description, tensor, axisOf(id, tensor.shape, dim));
    },
  });
}

function plan(description: Description, { data, shape }: Floats, axis: number): Plan<Input> {
  const rows = rowsOf(shape, axis);
  return {
    shape: description.reduces ? shape.toSpliced(axis, 1) : shape,
    shapes: { input: shape },
    value: (out) => forEachRow(data, rows, (place) => description.value(place, out)),
    gradient(cotangent, { input: out }) {
      forEachRow(data, rows, (place) => {
        const where = description.reduces ? () => place.index : place.at;
        const u = (i: number) => (cotangent ? cotangent[where(i)]! : 1);
        description.gradient(place, u, out);
      });
    },
  };
}

function forEachRow(data: Float32Array, rows: Rows, each: (place: Place) => void): void {
  const e = new Float64Array(rows.length);
  for (let index = 0; index < rows.count; index++) {
    const start = rows.start(index);
    const at = (i: number) => start + i * rows.stride;
    const row = readRow(data, start, rows.stride, e);
    each({ row, at, index });
  }
}

function axisOf(id: string, shape: Shape, dim: number): number {
  const rank = Math.max(shape.length, 1);
  if (dim >= -rank && dim < rank) return dim < 0 ? dim + rank : dim;
  const due = `should be in [${-rank}, ${rank - 1}] for input of shape ${showShape(shape)}`;
  throw new RangeError(`${id}: dim is ${dim} but ${due}`);
}
