/**
 * # What an input must be
 *
 * Errors name the operator, the argument, what came and what was due: TypeError for a wrong kind,
 * RangeError for a wrong value.
 */
import {
  type Classes,
  type Floats,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  stretches,
  type Tensor,
} from './tensor.ts';

/** One argument of one operator. */
export interface Argument {
  readonly id: string;
  readonly name: string;
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : typeof value === 'object' ? value.constructor.name : typeof value;

/** A tensor of real numbers. */
export function checkFloats(argument: Argument, tensor: Tensor<unknown> | undefined): Floats {
  return checkData(argument, tensor, 'Float32Array', isFloats);
}

/** A tensor of indices. */
export function checkClasses(argument: Argument, tensor: Tensor<unknown> | undefined): Classes {
  const due = 'class indices: BigInt64Array, Int32Array, Uint8Array or an array of integers';
  return checkData(argument, tensor, due, isIntegers);
}

export const isFloats = (data: unknown): data is Float32Array => data instanceof Float32Array;

export const isIntegers = (data: unknown): data is Classes['data'] =>
  data instanceof BigInt64Array ||
  data instanceof Int32Array ||
  data instanceof Uint8Array ||
  (Array.isArray(data) && data.every(Number.isInteger));

function checkData<Data extends ArrayLike<unknown>>(
  { id, name }: Argument,
  tensor: Tensor<unknown> | undefined,
  due: string,
  is: (data: unknown) => data is Data,
): Tensor<Data> {
  if (tensor === undefined || tensor === null) throw new TypeError(`${id}: ${name} is missing`);
  const { data, shape } = tensor;
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new TypeError(`${id}: ${name} should be { data, shape } with a shape of whole numbers`);
  }
  if (!is(data)) throw new TypeError(`${id}: ${name} holds ${kindOf(data)} but should hold ${due}`);
  if (data.length !== sizeOf(shape)) {
    const size = `${sizeOf(shape)} elements of shape ${showShape(shape)}`;
    throw new RangeError(
      `${id}: ${name} holds ${data.length} elements but should hold the ${size}`,
    );
  }
  return { data, shape };
}

export function checkShape({ id, name }: Argument, shape: Shape, due: Shape, words = ''): void {
  if (sameShape(shape, due)) return;
  const should = `${words && `${words} = `}${showShape(due)}`;
  throw new RangeError(`${id}: ${name} has shape ${showShape(shape)} but should be ${should}`);
}

export function checkStretches(
  { id, name }: Argument,
  shape: Shape,
  target: Shape,
  words = "the target's",
): void {
  if (stretches(shape, target)) return;
  const due = `should broadcast to ${words} ${showShape(target)}`;
  throw new RangeError(`${id}: ${name} has shape ${showShape(shape)} but ${due}`);
}

/** Every element is in [0, 1]. */
export function checkProbabilities({ id, name }: Argument, data: Float32Array): void {
  // findIndex takes longer than the loss.
  for (let i = 0; i < data.length; i++) {
    if (data[i]! >= 0 && data[i]! <= 1) continue;
    throw new RangeError(`${id}: ${name}[${i}] is ${data[i]} but should be in [0, 1]`);
  }
}

/** Where results go: `out` if it is given. */
export function resultArray({ id, name }: Argument, size: number, out?: Float32Array) {
  if (out === undefined) return new Float32Array(size);
  if (!isFloats(out)) {
    throw new TypeError(`${id}: ${name} is ${kindOf(out)} but should be a Float32Array`);
  }
  if (out.length === size) return out;
  throw new RangeError(`${id}: ${name} holds ${out.length} elements but should hold ${size}`);
}
