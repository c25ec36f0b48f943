/**
 * # Samples and their classes
 *
 * Logits of shape [C] are one sample, of shape [N C *] as many as [N *] has elements. A target
 * names a class of each sample, or holds a distribution over the classes and has the logits' shape.
 */
import { checkClasses, checkFloats, checkShape, isIntegers } from './check.ts';
import { type Classes, type Floats, type Rows, rowsOf, type Shape, showShape } from './tensor.ts';

export interface Samples {
  readonly x: Float32Array;
  readonly shape: Shape;
  readonly rows: Rows;
  /** Where class c of sample s is among the logits. */
  readonly at: (s: number, c: number) => number;
  /** [] or [N *] */
  readonly outer: Shape;
}

export function samplesOf(id: string, input: Floats | undefined): Samples {
  const { data, shape } = checkFloats({ id, name: 'input' }, input);
  if (shape.length === 0) {
    throw new RangeError(`${id}: input has shape [] but should be [C] or [N C *]`);
  }
  const axis = shape.length === 1 ? 0 : 1;
  const rows = rowsOf(shape, axis);
  const at = (s: number, c: number) => rows.start(s) + c * rows.stride;
  return { x: data, shape, rows, at, outer: shape.toSpliced(axis, 1) };
}

/** The class of each sample, −1 where it is `ignored`. */
export function classesOf(
  id: string,
  target: Classes | Floats | undefined,
  { outer, rows }: Samples,
  ignored?: number,
): Int32Array {
  const { data, shape } = checkClasses({ id, name: 'target' }, target);
  checkShape({ id, name: 'target' }, shape, outer, outer.length > 0 ? '[N *]' : '');
  const classes = new Int32Array(data.length);
  for (let s = 0; s < data.length; s++) {
    const y = Number(data[s]);
    if (y !== ignored && !(y >= 0 && y < rows.length)) {
      const other = ignored === undefined ? '' : ` or ignoreIndex = ${ignored}`;
      const due = `should be a class in [0, ${rows.length})${other}`;
      throw new RangeError(`${id}: target[${s}] is ${data[s]} but ${due}`);
    }
    classes[s] = y === ignored ? -1 : y;
  }
  return classes;
}

/** A distribution for each sample. */
export function distributionsOf(id: string, target: Floats, { shape }: Samples): Float32Array {
  const tensor = checkFloats({ id, name: 'target' }, target);
  const same = tensor.shape.length === shape.length && tensor.shape.every((n, i) => n === shape[i]);
  if (same) return tensor.data;
  const came = `has real numbers of shape ${showShape(tensor.shape)}`;
  const due = `${showShape(shape)} like input, or class indices`;
  throw new RangeError(`${id}: target ${came} but should be ${due}`);
}

export const holdsClasses = (target: Classes | Floats | undefined): target is Classes =>
  target !== undefined && isIntegers(target?.data);

/** The weight of each class, 1 if it is absent. */
export function classWeights(
  id: string,
  weight: Floats | undefined,
  { rows }: Samples,
): (c: number) => number {
  if (weight === undefined) return () => 1;
  const { data, shape } = checkFloats({ id, name: 'weight' }, weight);
  checkShape({ id, name: 'weight' }, shape, [rows.length], '[C]');
  return (c) => data[c]!;
}
