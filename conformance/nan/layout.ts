/** # Tensors of a batch as leaves: which axis is the columns */
import { isInteger, sizeOf, type Tensor, type Tensors } from '../../spec/tensor.ts';
import { type Grid, given, type Step } from './stages.ts';

/** What people call the loss of a batch by; errors begin with it. */
export interface Asked {
  readonly op: string;
  readonly batch: Tensors;
}

/** A tensor that must be there. */
export function tensorOf({ op, batch }: Asked, name: string): Tensor {
  const tensor = batch[name];
  if (tensor) return tensor;
  const there = Object.keys(batch).join(', ') || 'nothing';
  throw new TypeError(`${op}: ${name} is missing; there is ${there}`);
}

/** Classes along the second axis, or along the only one. */
export function byClasses(asked: Asked, name: string, learns = false): Step {
  const { shape, data } = tensorOf(asked, name);
  if (shape.length === 0)
    throw new RangeError(`${asked.op}: ${name} is a number but should have an axis of classes`);
  const axis = shape.length === 1 ? 0 : 1;
  const grid = { samples: shape.toSpliced(axis, 1), columns: shape[axis]!, axis };
  return given(name, grid, moved(shape, data), learns);
}

/** The second axis of the tensor as the last one. */
function moved(shape: readonly number[], data: ArrayLike<number>): ArrayLike<number> {
  if (shape.length <= 2) return data;
  const [n, c] = shape as [number, number];
  const inner = sizeOf(shape.slice(2));
  return Float64Array.from({ length: n * c * inner }, (_, i) => {
    const sample = Math.floor(i / c);
    return data[(Math.floor(sample / inner) * c + (i % c)) * inner + (sample % inner)]!;
  });
}

/** Vectors along the last axis. */
export function byVectors(asked: Asked, name: string, learns = false): Step {
  const { shape, data } = tensorOf(asked, name);
  if (shape.length === 0)
    throw new RangeError(`${asked.op}: ${name} is a number but should be vectors`);
  const grid = { samples: shape.slice(0, -1), columns: shape.at(-1)! };
  return given(name, grid, data, learns);
}

/** Every element for itself. */
export function byElements(asked: Asked, name: string, learns = false): Step {
  const { shape, data } = tensorOf(asked, name);
  return given(name, { samples: shape }, data, learns);
}

/** Sets: samples and classes, with all elements of each as columns. */
export function bySets(asked: Asked, name: string, learns = false): Step {
  const { shape, data } = tensorOf(asked, name);
  if (shape.length < 2)
    throw new RangeError(`${asked.op}: ${name} has shape [${shape}] but should be [N, C, …]`);
  const grid = { samples: shape.slice(0, 2), columns: sizeOf(shape.slice(2)) };
  return given(name, grid, data, learns);
}

const shapeOf = ({ samples, columns, axis }: Grid): readonly number[] =>
  columns === undefined ? samples : samples.toSpliced(axis ?? samples.length, 0, columns);

/** The second step; throws unless it has the shape of the first, which is that input. */
export function alike(op: string, a: Step, b: Step, name: string): Step {
  if (String(shapeOf(a.grid)) === String(shapeOf(b.grid))) return b;
  throw new RangeError(
    `${op}: ${b.name} has shape [${shapeOf(b.grid)}] but should be [${shapeOf(a.grid)}], as ${name}`,
  );
}

/** The class of each sample; throws where they are not whole numbers, or not one for each. */
export function classesOf(asked: Asked, of: Step): readonly number[] {
  const { dtype, shape, data } = tensorOf(asked, 'target');
  if (!isInteger(dtype))
    throw new TypeError(`${asked.op}: target is ${dtype} but should be classes: i64 or i32`);
  if (String(shape) !== String(of.grid.samples))
    throw new RangeError(
      `${asked.op}: target has shape [${shape}] but should be [${of.grid.samples}], or [${shapeOf(of.grid)}] of probabilities`,
    );
  return Array.from(data);
}
