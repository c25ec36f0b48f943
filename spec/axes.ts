/** # From axis words and shapes to lengths and positions */
import { type Classes, type Form, formsOf, type Input, type Inputs, type Reals } from './input.ts';
import { isInteger, type Tensor, type Tensors } from './tensor.ts';

/** The lengths that each word stands for: none for a missing `N?`, several for `*`. */
export type Lengths = ReadonlyMap<string, readonly number[]>;

export function words(axes: string): readonly string[] {
  const found = known.get(axes) ?? (axes === '' ? [] : axes.split(' '));
  known.set(axes, found);
  return found;
}
const known = new Map<string, readonly string[]>();

/** How many classes there are: the lengths of the axes of `count` together. */
export const classCount = (count: string, lengthsOf: (word: string) => readonly number[]): number =>
  words(count).reduce((total, word) => total + lengthsOf(word)[0]!, 0);

/** The axis of the samples, if they have one: that of `N`, or the first of `*` if it leads. */
export function sampleAxis(axes: string): number | undefined {
  const at = words(axes).findIndex((word) => word === 'N' || word === 'N?');
  if (at >= 0) return at;
  return axes.startsWith('*') ? 0 : undefined;
}

/** Axes and how far apart their elements lie in memory. */
export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}
export interface Bound {
  readonly lengths: Lengths;
  /** The form that each input came in; an absent optional input has one too. */
  readonly forms: { readonly [name: string]: Form };
}

/** A whole tensor, with the axis `moved` (if any) taken to the end. */
export function viewOf(shape: readonly number[], moved?: number): View {
  const axes = shape.map((length, i) => ({
    length,
    stride: shape.slice(i + 1).reduce((a, b) => a * b, 1),
  }));
  if (moved !== undefined) axes.push(...axes.splice(moved, 1));
  return { shape: axes.map((a) => a.length), strides: axes.map((a) => a.stride) };
}

/** Binds every word, and says which form of every input has come. Throws what does not fit. */
export function bind(id: string, inputs: Inputs, tensors: Tensors, moved?: number): Bound {
  for (const name of Object.keys(tensors))
    if (tensors[name] && !Object.hasOwn(inputs, name))
      throw new TypeError(
        `${id}: there is no input ${name}; there is ${Object.keys(inputs).join(', ')}`,
      );
  let lengths: Lengths = new Map();
  const forms: { [name: string]: Form } = {};
  for (const [name, input] of Object.entries(inputs)) {
    const tensor = tensors[name];
    const form = formFor(id, name, input, tensor);
    forms[name] = form;
    if (tensor) {
      checkSize(id, name, tensor);
      const { shape } = viewOf(tensor.shape, moved);
      const fitted = fit(form, shape, lengths);
      if (!fitted) throw new RangeError(misfit(id, name, tensor, input, form, lengths));
      lengths = fitted;
    }
  }
  return { lengths, forms };
}

function formFor(id: string, name: string, input: Input, tensor: Tensor | undefined): Form {
  const forms = formsOf(input);
  if (!tensor) {
    const optional = forms.find((form) => form.of === 'reals' && form.absent !== undefined);
    if (!optional) throw new TypeError(`${id}: ${name} is missing`);
    return optional;
  }
  const wanted = isInteger(tensor.dtype) ? 'classes' : 'reals';
  const form = forms.find((f) => f.of === wanted);
  if (form) return form;
  const due =
    wanted === 'reals' ? 'class indices (i64, i32 or u8)' : 'real numbers (a float dtype)';
  throw new TypeError(`${id}: ${name} is ${tensor.dtype} but should be ${due}`);
}

function checkSize(id: string, name: string, { shape, data }: Tensor): void {
  const size = shape.reduce((a, b) => a * b, 1);
  if (!shape.every((n) => Number.isInteger(n) && n >= 0))
    throw new RangeError(`${id}: ${name} has shape [${shape}], which is not a shape`);
  if (data.length !== size)
    throw new RangeError(
      `${id}: ${name} has ${data.length} elements but its shape [${shape}] holds ${size}`,
    );
}

function fit(form: Form, shape: readonly number[], bound: Lengths): Lengths | undefined {
  if (form.of === 'reals' && form.broadcast) return broadcasts(form, shape, bound);
  const result = new Map(bound);
  const fixed = words(form.axes).filter((word) => word !== '*' && !word.endsWith('?')).length;
  let spare = shape.length - fixed;
  if (spare < 0) return undefined;
  let axis = 0;
  for (const word of words(form.axes)) {
    const width = word === '*' ? spare : word.endsWith('?') ? wide(bound.get(word), spare) : 1;
    if (word === '*' || word.endsWith('?')) spare -= width;
    const found = shape.slice(axis, axis + width);
    axis += width;
    const before = bound.get(word);
    if (spare < 0 || (before && String(before) !== String(found))) return undefined;
    result.set(word, found);
    if (isDouble(word)) {
      if (found[0]! % 2 !== 0) return undefined;
      result.set(word.slice(1), [found[0]! / 2]);
    }
  }
  return axis === shape.length ? result : undefined;
}

/** `2H` is an axis that is twice as long as `H`. */
export const isDouble = (word: string): boolean => word.startsWith('2');

const wide = (before: readonly number[] | undefined, spare: number): number =>
  before?.length ?? Math.min(1, spare);

function broadcasts(form: Reals, shape: readonly number[], bound: Lengths): Lengths | undefined {
  const target = words(form.axes).flatMap((word) => bound.get(word) ?? []);
  const from = target.length - shape.length;
  const fits = shape.every((length, i) => length === 1 || length === target[from + i]);
  return from >= 0 && fits ? bound : undefined;
}

function misfit(
  id: string,
  name: string,
  { shape, dtype }: Tensor,
  input: Input,
  form: Form,
  lengths: Lengths,
): string {
  const said = words(form.axes).filter((word) => (lengths.get(word)?.length ?? 0) > 0);
  const known = said.map((word) => `${word.replace('?', '')} = ${lengths.get(word)!.join('×')}`);
  const due = `should be [${dueAxes(form, lengths)}]${known.length > 0 ? ` with ${known.join(', ')}` : ''}`;
  const hint = input.of === 'either' ? other(input.classes, form, dtype) : '';
  return `${id}: ${name} has shape [${shape}] but ${due}${hint}`;
}

/** What is bound to nothing is left out; a batch axis that is there is no longer optional. */
const dueAxes = (form: Form, lengths: Lengths): string =>
  words(form.axes)
    .filter((word) => lengths.get(word)?.length !== 0)
    .map((word) => (lengths.has(word) ? word.replace('?', '') : word))
    .join(' ');

const other = (classes: Classes, form: Form, dtype: string): string =>
  form === classes
    ? ` as it holds classes (${dtype}); probabilities need a float dtype`
    : ` as it holds probabilities (${dtype}); class indices need an integer dtype`;

/** Every position along the axes of `over`, as the index along each axis, in row-major order. */
export const positions = (over: string, lengths: Lengths): readonly (readonly number[])[] =>
  words(over)
    .flatMap((word) => lengths.get(word) ?? [])
    .reduce<readonly (readonly number[])[]>(
      (all, size) => all.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
      [[]],
    );

/** A place in memory, or places along one axis, two, … */
export type Places = number | readonly Places[];

/** All of them, in order. */
export const flat = (places: Places): readonly number[] =>
  typeof places === 'number' ? [places] : places.flatMap(flat);

/**
 * Where the elements that a position of `over` sees lie in memory: one, or one for each place along
 * the axes that `over` does not have, nested. Axes of length 1 repeat where an input broadcasts.
 */
export function seen(
  axes: string,
  over: string,
  lengths: Lengths,
  view: View,
): (position: readonly number[]) => Places {
  const overAxes = axesOf(over, lengths);
  const mine = axesOf(axes, lengths);
  const missing = mine.length - view.shape.length;
  const stepOf = (i: number): number => (i >= 0 && view.shape[i] !== 1 ? view.strides[i]! : 0);
  const sizes = words(axes).flatMap((word) => lengths.get(word) ?? []);
  const free = mine.flatMap((axis, i) =>
    overAxes.includes(axis) ? [] : [{ length: sizes[i]!, step: stepOf(i - missing) }],
  );
  const steps = overAxes.map((axis) => stepOf(mine.indexOf(axis) - missing));
  const along = (base: number, [axis, ...rest]: typeof free): Places =>
    axis === undefined
      ? base
      : Array.from({ length: axis.length }, (_, i) => along(base + i * axis.step, rest));
  return (position) =>
    along(
      position.reduce((total, index, i) => total + index * steps[i]!, 0),
      free,
    );
}

/** The axes behind words, one name each: `*` over two axes is *0 and *1. */
const axesOf = (axes: string, lengths: Lengths): readonly string[] =>
  words(axes).flatMap((word) => (lengths.get(word) ?? []).map((_, i) => word + i));
