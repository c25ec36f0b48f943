/**
 * # Small tensors that fit a definition
 *
 * Axes get short lengths, and elements simple numbers that are legal, so that a result can be followed
 * by hand. Optional inputs are left out unless they are asked for.
 */
import { words } from '../../spec/axes.ts';
import { type Classes, type Form, formsOf, isOptional, type Reals } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { sizeOf, type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';

export interface Size {
  readonly lengths: { readonly [word: string]: number };
  /** What `*` stands for where it is all that there is. */
  readonly whole: readonly number[];
  /** … and where it is followed by other axes. */
  readonly rows: readonly number[];
}

const LENGTHS = { N: 2, C: 3, D: 2, F: 2, H: 2, K: 2, P: 1, Z: 2, T: 3, S: 1, W: 1 };
export const two: Size = { lengths: LENGTHS, whole: [3], rows: [2] };
export const one: Size = { lengths: LENGTHS, whole: [3], rows: [] };

export function example(
  op: Op,
  size: Size,
  options: { readonly reals?: boolean; readonly all?: boolean } = {},
): Tensors {
  const entries = Object.entries(op.inputs).flatMap(([name, input], i) => {
    const forms = formsOf(input);
    const form = options.reals ? forms.at(-1)! : forms[0]!;
    return isOptional(input) && !options.all ? [] : [[name, made(form, i, size)] as const];
  });
  return Object.fromEntries(entries);
}

function made(form: Form, i: number, size: Size): Tensor {
  const shape = shapeOf(form.axes, size);
  const count = sizeOf(shape);
  if (form.of === 'classes') return tensor(shape, classesFor(form, count, shape, size), 'i64');
  const from = valuesFor(form);
  const data = Array.from({ length: count }, (_, k) => from[(k + 2 * i) % from.length]!);
  return tensor(shape, data);
}

export function shapeOf(axes: string, { lengths, whole, rows }: Size): readonly number[] {
  return words(axes).flatMap((word, at, all) => {
    if (word === '*') return all.length === 1 ? whole : at === 0 ? rows : [];
    if (word.endsWith('?')) return rows.length > 0 ? [lengths[word.slice(0, -1)]!] : [];
    return [word.startsWith('2') ? 2 * lengths[word.slice(1)]! : lengths[word]!];
  });
}

function valuesFor({ labels, min, max, draw, absent }: Reals): readonly number[] {
  if (labels) return [...labels].reverse();
  const [low, high] = [min ?? draw?.[0], max ?? draw?.[1]];
  if (low === 0 && high === 1) return [0.25, 0.75, 0.5, 1];
  if (low === 0 || absent === 1) return [1, 2, 4, 0.5];
  return [2, -1, 0.5, 3, -0.25, 1];
}

function classesFor(
  { count, end, lengths }: Classes,
  size: number,
  shape: readonly number[],
  at: Size,
): readonly number[] {
  const total = words(count).reduce((sum, word) => sum + at.lengths[word]!, 0);
  if (lengths) return Array.from({ length: size }, () => total);
  const row = shape.at(-1) ?? 1;
  return Array.from({ length: size }, (_, k) => {
    if (end === undefined) return k % total;
    return k % row === 0 ? Math.floor(k / row) % total : end;
  });
}

/** As arrays in arrays. */
export function nested({ shape, data }: Tensor): unknown {
  const [first, ...rest] = shape;
  if (first === undefined) return data[0];
  const step = sizeOf(rest);
  const all = Array.from(data);
  return Array.from({ length: first }, (_, i) =>
    nested({ dtype: 'f32', shape: rest, data: all.slice(i * step, (i + 1) * step) }),
  );
}
