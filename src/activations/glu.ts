/**
 * # GLU
 *
 *     y = a σ(b),   ∂a = u σ(b),   ∂b = a u σ′(b)      a, b: the halves of the axis
 *
 * Each is the sigmoid, or its slope, times a number that float64 holds exactly, and correctly
 * rounded as such a product.
 */
import { checkFloats } from '../check.ts';
import { roundedFunction } from '../kernel/one.ts';
import { fastest, fastestProduct } from '../kernel/rounded.ts';
import { operator, type Plan } from '../operator.ts';
import { integer } from '../parameters.ts';
import { axisOf, type Input, type Params } from '../rowwise.ts';
import { type Floats, type Shape, showShape, sizeOf } from '../tensor.ts';
import { sigmoidKernels } from './sigmoid.ts';

const id = 'glu';
const gate = fastest(sigmoidKernels.value);
const gated = fastestProduct(sigmoidKernels.value);
const bent = fastestProduct(sigmoidKernels.slope);
const bentOne = roundedFunction(sigmoidKernels.slope)([]);

interface Halves {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** Both halves lie in blocks of this many elements, one after the other. */
const blockOf = (shape: Shape, axis: number): number => sizeOf(shape.slice(axis)) / 2;

function split(x: Float32Array, block: number): Halves {
  const [a, b] = [new Float32Array(x.length / 2), new Float32Array(x.length / 2)];
  for (let from = 0; from < a.length; from += block) {
    a.set(x.subarray(2 * from, 2 * from + block), from);
    b.set(x.subarray(2 * from + block, 2 * (from + block)), from);
  }
  return { a, b };
}

function join({ a, b }: Halves, block: number, out: Float32Array): void {
  for (let from = 0; from < a.length; from += block) {
    out.set(a.subarray(from, from + block), 2 * from);
    out.set(b.subarray(from, from + block), 2 * from + block);
  }
}

/** At b = ±∞ nothing silences an infinite a: 0 · ∞ is NaN. */
function atInfinity(b: Float32Array, y: Float32Array, limit: (i: number) => number): void {
  for (let i = 0; i < b.length; i++) if (Math.abs(b[i]!) === Infinity) y[i] = limit(i);
}

function value({ a, b }: Halves, out: Float32Array): void {
  gated(b, a, out);
  atInfinity(b, out, (i) => (b[i]! > 0 ? a[i]! : a[i]! * 0));
}

function gradient({ a, b }: Halves, u: Float32Array | undefined): Halves {
  const to = { a: new Float32Array(a.length), b: new Float32Array(a.length) };
  if (u) gated(b, u, to.a);
  else gate(b, to.a);
  if (u) for (let i = 0; i < b.length; i++) to.b[i] = bentOne(b[i]!, a[i]! * u[i]!);
  else bent(b, a, to.b);
  atInfinity(b, to.b, (i) => a[i]! * (u?.[i] ?? 1) * 0);
  return to;
}

function plan({ data, shape }: Floats, axis: number): Plan<Input> {
  const length = shape[axis] ?? 1;
  if (length % 2 !== 0) {
    const due = 'should have an even number of elements along dim';
    throw new RangeError(`${id}: input has shape ${showShape(shape)} but ${due}`);
  }
  const block = blockOf(shape, axis);
  return {
    shape: shape.with(axis, length / 2),
    shapes: { input: shape },
    value: (out) => value(split(data, block), out),
    gradient: (u, out) => join(gradient(split(data, block), u), block, out.input),
  };
}

export const glu = operator<Input, Params, Input>({
  id,
  accuracy: { value: 'S', gradient: 'S' },
  inputs: ['input'],
  differentiable: ['input'],
  parameters: { dim: integer(-1) },
  plan({ input }, { dim }) {
    const tensor = checkFloats({ id, name: 'input' }, input);
    return plan(tensor, axisOf(id, tensor.shape, dim));
  },
});
