/**
 * # Losses of one number and its target
 *
 * `input` and `target` have one shape, a term for each element; weights stretch to it.
 */
import { checkFloats, checkShape, checkStretches } from './check.ts';
import { type Floats, type Shape, stretched } from './tensor.ts';

export interface Pair {
  readonly shape: Shape;
  readonly x: Float32Array;
  readonly t: Float32Array;
}

export function pairOf(id: string, input: Floats | undefined, target: Floats | undefined): Pair {
  const { data: x, shape } = checkFloats({ id, name: 'input' }, input);
  const { data: t, shape: own } = checkFloats({ id, name: 'target' }, target);
  checkShape({ id, name: 'target' }, own, shape, "the input's shape");
  return { shape, x, t };
}

/** The weight of element i, if there is one. */
export function weightOf(
  id: string,
  name: string,
  weight: Floats | undefined,
  target: Shape,
): ((i: number) => number) | undefined {
  if (weight === undefined) return undefined;
  const { data, shape } = checkFloats({ id, name }, weight);
  checkStretches({ id, name }, shape, target);
  const at = stretched(shape, target);
  return (i) => data[at(i)]!;
}
