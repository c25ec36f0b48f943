/**
 * # Simpler cases
 *
 * How a case shrinks, whatever it was drawn from: options go back to their defaults, axes get
 * shorter, elements become the numbers that a person would have written. fast-check walks down this
 * tree as long as a case still fails.
 */
import fc from 'fast-check';
import { bind, isDouble, viewOf, words } from '../spec/axes.ts';
import { type Classes, type Form, formsOf, isOptional } from '../spec/input.ts';
import type { Op } from '../spec/op.ts';
import { isInteger, type Tensor, type Tensors } from '../spec/tensor.ts';
import { simplifications } from './floats.ts';
import { liftCase } from './lifted.ts';

/** Inputs and all parameters of an operator. */
export interface Case {
  readonly tensors: Tensors;
  readonly settings: { readonly [name: string]: number | string | boolean };
}

/** Draws from another arbitrary of cases, but shrinks by what cases are made of. */
export const shrinking = (op: Op, drawn: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  shrinkingBy(drawn, (c) => simplerCases(op, c));

/** Draws from another arbitrary, but shrinks to what is said to be simpler. */
export const shrinkingBy = <T extends object>(
  drawn: fc.Arbitrary<T>,
  simpler: (value: T) => IterableIterator<T>,
): fc.Arbitrary<T> => new Shrinking(drawn, simpler);

class Shrinking<T extends object> extends fc.Arbitrary<T> {
  readonly drawn: fc.Arbitrary<T>;
  readonly simpler: (value: T) => IterableIterator<T>;

  constructor(drawn: fc.Arbitrary<T>, simpler: (value: T) => IterableIterator<T>) {
    super();
    this.drawn = drawn;
    this.simpler = simpler;
  }
  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return new fc.Value(this.drawn.generate(random, bias).value, undefined);
  }
  override canShrinkWithoutContext(value: unknown): value is T {
    return typeof value === 'object' && value !== null;
  }
  override shrink(value: T): fc.Stream<fc.Value<T>> {
    return fc.stream(this.simpler(value)).map((t) => new fc.Value(t, undefined));
  }
}

/** Legal cases that are simpler than this one, the boldest steps first. */
export function* simplerCases(op: Op, c: Case): IterableIterator<Case> {
  for (const simpler of steps(op, c)) if (isLegal(op, simpler)) yield simpler;
}

function* steps(op: Op, c: Case): IterableIterator<Case> {
  yield* fewerOptions(op, c);
  yield* fewerAxes(op, c);
  yield* shorterAxes(op, c);
  yield* simplerElements(c);
}

/** Whether the definition takes the case. */
export function isLegal(op: Op, c: Case): boolean {
  try {
    liftCase(op, c);
    return true;
  } catch (reason) {
    if (reason instanceof RangeError || reason instanceof TypeError) return false;
    throw reason;
  }
}

const withTensor = (c: Case, name: string, t: Tensor | undefined): Case => ({
  ...c,
  tensors: { ...c.tensors, [name]: t },
});

function* fewerOptions(op: Op, c: Case): IterableIterator<Case> {
  for (const [name, input] of Object.entries(op.inputs))
    if (c.tensors[name] && isOptional(input)) yield withTensor(c, name, undefined);
  for (const [name, p] of Object.entries(op.params)) {
    const set = c.settings[name];
    if (set === undefined || set === p.default) continue;
    yield { ...c, settings: { ...c.settings, [name]: p.default } };
    // The same axis, counted from the front: then axes behind it can go.
    const rank = Object.values(c.tensors)[0]?.shape.length ?? 0;
    if (p.kind === 'axis' && (set as number) + rank === 0)
      yield { ...c, settings: { ...c.settings, [name]: 0 } };
    if (typeof set === 'number' && p.kind === 'number')
      for (const simpler of simplifications(set))
        yield { ...c, settings: { ...c.settings, [name]: simpler } };
  }
}

// Axes -------------------------------------------------------------------------------------------

/** The axis that `dim` is, if there is such a parameter. */
export function movedOf({ tensors, settings }: Case): number | undefined {
  const dim = settings.dim as number | undefined;
  const rank = Object.values(tensors)[0]!.shape.length;
  return dim === undefined || rank === 0 ? undefined : (dim + rank) % rank;
}

/** Without one of the axes of `*`, or without a batch axis, where they have length 1. */
function* fewerAxes(op: Op, c: Case): IterableIterator<Case> {
  const moved = movedOf(c);
  const { lengths, forms } = bind(op.id, op.inputs, c.tensors, moved);
  /** Whether `dim` counts to the same axis without this one. */
  const keepsDim = (axis: number): boolean =>
    moved === undefined || ((c.settings.dim as number) < 0 ? axis < moved : axis > moved);
  for (const [word, found] of lengths) {
    if (word !== '*' && !word.endsWith('?')) continue;
    for (const [i, length] of found.entries()) {
      if (length !== 1) continue;
      const cut = { word, i, from: 0, to: 1, length };
      const axes = Object.entries(c.tensors).map(
        ([name, t]) => [name, t, t && axisOf(forms[name]!, t, cut, moved)] as const,
      );
      if (!axes.every(([, , axis]) => axis === undefined || keepsDim(axis))) continue;
      const tensors = axes.map(([name, t, axis]) => [
        name,
        axis === undefined ? t : { ...t, shape: t!.shape.toSpliced(axis, 1) },
      ]);
      yield { ...c, tensors: Object.fromEntries(tensors) };
    }
  }
}

/** One axis of one word: the first half, the second half, all but the last, all but the first. */
function* shorterAxes(op: Op, c: Case): IterableIterator<Case> {
  const moved = movedOf(c);
  const { lengths, forms } = bind(op.id, op.inputs, c.tensors, moved);
  for (const [word, found] of lengths) {
    if (isDouble(word)) continue; // both of its halves are cut with the single word
    for (const [i, length] of found.entries()) {
      const half = length >> 1;
      const cuts = [
        [0, half],
        [half, length],
        [0, length - 1],
        [1, length],
      ].filter(([from, to]) => to! > from! && to! - from! < length);
      for (const [from, to] of cuts) {
        const tensors = cutAll(op, c, forms, { word, i, from: from!, to: to!, length }, moved);
        yield { ...c, tensors };
      }
    }
  }
}

interface Cut {
  readonly word: string;
  /** Which of the axes that the word stands for. */
  readonly i: number;
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

function cutAll(
  op: Op,
  { tensors, settings }: Case,
  forms: { readonly [name: string]: Form },
  cut: Cut,
  moved: number | undefined,
): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, t]) => {
      if (!t) return [name, t];
      const axis = axisOf(forms[name]!, t, cut, moved);
      const shorter = axis === undefined ? t : taken(t, axis, cut);
      const form = formsOf(op.inputs[name]!).find((f) => f.of === 'classes');
      if (form?.of !== 'classes' || form.count !== cut.word || !isInteger(t.dtype))
        return [name, shorter];
      return [name, { ...shorter, data: Array.from(shorter.data, relabel(form, settings, cut)) }];
    }),
  );
}

/** What a class among those that are left is called, and how much of a sequence is left. */
function relabel(form: Classes, settings: Case['settings'], { from, to }: Cut) {
  if (form.lengths) return (n: number): number => Math.max(0, Math.min(n, to) - from);
  const special = form.unless === undefined ? form.end : settings[form.unless];
  return (y: number): number => (y === special ? y : Math.max(0, y - from));
}

/** The axis of a tensor that a cut goes through, if there is one. */
function axisOf(
  form: Form,
  { shape }: Tensor,
  { word, i, length }: Cut,
  moved: number | undefined,
): number | undefined {
  const axes = words(form.axes);
  const mine = axes.find((w) => w === word || w === `2${word}`);
  if (mine === undefined) return undefined;
  const fixed = axes.filter((w) => w !== '*' && !w.endsWith('?')).length;
  const hasBatch = axes.includes('N?') && shape.length > fixed;
  const rest = shape.length - fixed - (hasBatch ? 1 : 0);
  let axis = 0;
  for (const w of axes) {
    if (w === mine) break;
    axis += w === '*' ? rest : w.endsWith('?') ? Number(hasBatch) : 1;
  }
  const place = axis + i;
  const order = shape.map((_, k) => k);
  if (moved !== undefined) order.push(...order.splice(moved, 1));
  const found = order[place];
  const due = isDouble(mine) ? 2 * length : length;
  return found !== undefined && shape[found] === due ? found : undefined;
}

/** The same part of both halves where the axis is twice as long as what is cut. */
function taken({ dtype, shape, data }: Tensor, axis: number, { from, to, length }: Cut): Tensor {
  const stride = viewOf(shape).strides[axis]!;
  const kept = Array.from(data).filter((_, place) => {
    const index = Math.floor(place / stride) % length;
    return index >= from && index < to;
  });
  const halves = shape[axis]! / length;
  return { dtype, shape: shape.with(axis, halves * (to - from)), data: kept };
}

// Elements ---------------------------------------------------------------------------------------

function* simplerElements(c: Case): IterableIterator<Case> {
  for (const [name, t] of Object.entries(c.tensors)) {
    if (!t) continue;
    const data = Array.from(t.data);
    for (const [i, x] of data.entries())
      for (const simpler of isInteger(t.dtype) ? integers(x) : simplifications(x))
        yield withTensor(c, name, { ...t, data: data.with(i, simpler) });
  }
}

/** Classes; what is ignored becomes one. */
const integers = (x: number): readonly number[] => (x > 0 ? [0, x - 1] : x < 0 ? [0] : []);
