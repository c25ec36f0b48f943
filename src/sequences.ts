/**
 * # Samples of scores over time, and their labels
 *
 * Scores of shape [T, C] are one sample, [T, N, C] are N. Each has a length of time and a number of
 * labels; what lies beyond is not read, but labels there must be legal too.
 */
import { checkClasses, checkFloats, checkShape } from './check.ts';
import { type Classes, type Floats, type Shape, showShape } from './tensor.ts';

export interface Given {
  readonly input: Floats;
  readonly target: Classes;
  readonly inputLengths: Classes;
  readonly targetLengths: Classes;
}
export interface Sequences {
  readonly x: Float32Array;
  readonly shape: Shape;
  /** [] or [N] */
  readonly outer: Shape;
  readonly count: number;
  readonly classes: number;
  readonly steps: (n: number) => number;
  readonly labels: (n: number) => Int32Array;
  /** Where the scores of a sample at a time lie. */
  readonly start: (n: number, t: number) => number;
}

/** Whole numbers from 0 to `last`. */
function indices(
  id: string,
  name: string,
  tensor: Classes,
  shape: Shape,
  last: number,
  due: string,
): Int32Array {
  const { data, ...given } = checkClasses({ id, name }, tensor);
  checkShape({ id, name }, given.shape, shape);
  return Int32Array.from(data as ArrayLike<number | bigint>, (raw, i) => {
    const y = Number(raw);
    if (y >= 0 && y <= last) return y;
    throw new RangeError(`${id}: ${name}[${i}] is ${raw} but should be ${due}`);
  });
}

function lengths(id: string, name: string, tensor: Classes, shape: Shape, last: number) {
  return indices(id, name, tensor, shape, last, `a length in [0, ${last}]`);
}

export function sequencesOf(id: string, given: Given): Sequences {
  const { data: x, shape } = checkFloats({ id, name: 'input' }, given.input);
  if (shape.length !== 2 && shape.length !== 3) {
    const due = 'should be [T, C] or [T, N, C]';
    throw new RangeError(`${id}: input has shape ${showShape(shape)} but ${due}`);
  }
  const [time, classes, outer] = [shape[0]!, shape.at(-1)!, shape.slice(1, -1)];
  const most = checkClasses({ id, name: 'target' }, given.target).shape.at(-1) ?? 0;
  const due = `a class in [0, ${classes})`;
  const y = indices(id, 'target', given.target, [...outer, most], classes - 1, due);
  const steps = lengths(id, 'inputLengths', given.inputLengths, outer, time);
  const counts = lengths(id, 'targetLengths', given.targetLengths, outer, most);
  const count = outer[0] ?? 1;
  return {
    ...{ x, shape, outer, count, classes },
    steps: (n) => steps[n]!,
    labels: (n) => y.subarray(n * most, n * most + counts[n]!),
    start: (n, t) => (t * count + n) * classes,
  };
}
