/**
 * # Operators along one axis
 *
 * `dim` counts from the front, or from the back if it is negative. Two kernels compute rows of `x`:
 * `value` has the result `y`, `gradient` the result `y` and the cotangent `u`. Rows with NaN or ±∞
 * in them and whatever else the kernels refuse are computed in float64, one by one. `out` may be
 * the input itself.
 */
import { checkFloats } from './check.ts';
import type { RowKernel } from './kernel/rows/language.ts';
import { rowRunner } from './kernel/rows/run.ts';
import { type Row, readRow } from './math/softmax.ts';
import { type Accuracy, type Operator, operator, type Plan } from './operator.ts';
import { integer } from './parameters.ts';
import { type Floats, rowsOf, type Shape, showShape } from './tensor.ts';

export interface Input {
  readonly input: Floats;
}
export interface Params {
  readonly dim: number;
}
/** What is computed of a row, at each element. */
type Elements = (i: number) => number;

interface Description {
  readonly id: string;
  readonly accuracy?: Accuracy | undefined;
  /** Whether the result has no such axis: then `y` of value and `u` are one number a row. */
  readonly reduces: boolean;
  readonly kernels: { readonly value: RowKernel; readonly gradient: RowKernel };
  /** The row that these see is that of −x. */
  readonly negates?: boolean;
  readonly value: (row: Row) => Elements;
  readonly gradient: (row: Row, u: Elements) => Elements;
}

export function rowwise(description: Description): Operator<Input, Params, Input> {
  const { id, accuracy } = description;
  const planned = alongAxis(description);
  return operator<Input, Params, Input>({
    ...{ id, accuracy },
    inputs: ['input'],
    differentiable: ['input'],
    parameters: { dim: integer(-1) },
    kernels: Object.values(description.kernels),
    plan({ input }, { dim }) {
      const tensor = checkFloats({ id, name: 'input' }, input);
      return planned(tensor, axisOf(id, tensor.shape, dim));
    },
  });
}

/** What is computed of a tensor along an axis. */
export function alongAxis(description: Description): (tensor: Floats, axis: number) => Plan<Input> {
  const { kernels } = description;
  const runners = { value: rowRunner(kernels.value), gradient: rowRunner(kernels.gradient) };
  return (tensor, axis) => plan(description, runners, tensor, axis);
}

type Runners = { readonly [N in keyof Description['kernels']]: ReturnType<typeof rowRunner> };

function plan(
  description: Description,
  run: Runners,
  { data: x, shape }: Floats,
  axis: number,
): Plan<Input> {
  const { reduces, negates = false } = description;
  const rows = rowsOf(shape, axis);
  const { length, stride, start } = rows;
  const read = (row: number) =>
    readRow(x, start(row), stride, new Float64Array(length), negates ? -1 : 1);
  return {
    shape: reduces ? shape.toSpliced(axis, 1) : shape,
    shapes: { input: shape },
    value(out) {
      run.value({
        rows,
        inputs: { x },
        results: reduces ? NOTHING : { y: out },
        unusual({ floats, doubles }, r, row) {
          const y = description.value(read(row));
          if (reduces) doubles.y![r] = y(0);
          else write(floats.y!, r, length, y);
        },
        answered({ doubles }, first, count) {
          if (!reduces) return;
          for (let r = 0; r < count; r++) out[first + r] = doubles.y![r]!;
        },
      });
    },
    gradient(cotangent, { input: out }) {
      const ofRow = (row: number) => cotangent?.[row] ?? 1;
      run.gradient({
        rows,
        inputs: reduces ? { x } : { x, u: cotangent },
        scalars: reduces ? { u: ofRow } : NOTHING,
        results: { y: out },
        unusual({ floats }, r, row) {
          const u: Elements = reduces ? () => ofRow(row) : (i) => floats.u![r * length + i]!;
          write(floats.y!, r, length, description.gradient(read(row), u));
        },
      });
    },
  };
}

const NOTHING = {};

function write(y: Float32Array, r: number, length: number, value: Elements): void {
  for (let i = 0; i < length; i++) y[r * length + i] = value(i);
}

/** Which axis `dim` is. */
export function axisOf(id: string, shape: Shape, dim: number): number {
  const rank = Math.max(shape.length, 1);
  if (dim >= -rank && dim < rank) return dim < 0 ? dim + rank : dim;
  const due = `should be in [${-rank}, ${rank - 1}] for input of shape ${showShape(shape)}`;
  throw new RangeError(`${id}: dim is ${dim} but ${due}`);
}
