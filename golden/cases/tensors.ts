/**
 * # Inputs from axis words
 *
 * `N?` is there or not, `*` is up to three axes, and the axis that a formula runs along is the only
 * long one. Numbers without bounds are near-normal; those of a range hit its ends once in eight each.
 */
import type { Payload } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { classCount, words } from '../../spec/axes.ts';
import {
  type Classes,
  type Form,
  formsOf,
  type Input,
  isOptional,
  type Reals,
} from '../../spec/input.ts';
import type { Loss, Rowwise } from '../../spec/op.ts';
import { sizeOf } from '../../spec/tensor.ts';
import { filled } from '../case.ts';
import { type Draw, pick, times } from '../draw.ts';

type OfWords = Rowwise | Loss;
export type Lengths = { readonly [word: string]: readonly number[] };
/** How many axes the words with a variable number of them stand for. */
export type Widths = { readonly [word: string]: number };

const bare = (word: string): string => word.replace(/^2/, '');
const isDouble = (word: string): boolean => word.startsWith('2');
const isVariable = (word: string): boolean => word === '*' || word.endsWith('?');

const wordsOf = (op: OfWords): readonly string[] => [
  ...new Set(
    Object.values(op.inputs)
      .flatMap(formsOf)
      .flatMap(({ axes }) => words(axes))
      .map(bare),
  ),
];

/** Further axes need a batch axis. */
export function widthsOf(op: OfWords): readonly Widths[] {
  const variable = wordsOf(op).filter(isVariable);
  const batch = variable.find((word) => word.endsWith('?'));
  const further = variable.includes('*') ? [0, 1, 2, 3] : [0];
  const present = further.map((count) => ({ '*': count }) as Widths);
  if (batch === undefined) return present;
  return [{ '*': 0, [batch]: 0 }, ...present.map((widths) => ({ ...widths, [batch]: 1 }))];
}

export const lengthsOf = (draw: Draw, op: OfWords, widths: Widths): Lengths =>
  Object.fromEntries(
    wordsOf(op).map((word) => {
      const isLong = !words(op.over).includes(word);
      const one = () => (isLong ? pick(draw, [1, 2, 3, 10, 40]) : 1 + draw.below(3));
      return [word, times(widths[word] ?? 1, one)];
    }),
  );

export const shapeOf = (axes: string, lengths: Lengths): number[] =>
  words(axes).flatMap((word) =>
    lengths[bare(word)]!.map((length) => (isDouble(word) ? 2 * length : length)),
  );

/** A shape that broadcasts: leading axes left out, others shrunk to 1. */
export const broadcast = (draw: Draw, shape: readonly number[]): number[] =>
  shape.slice(draw.below(shape.length + 1)).map((n) => (draw.below(3) === 0 ? 1 : n));

const elementOf = (draw: Draw, form: Reals, scale: number): number => {
  if (form.labels && draw.below(4) > 0) return form.labels[draw.below(form.labels.length)]!;
  const [low, high] = form.draw ?? [form.min ?? -Infinity, form.max ?? Infinity];
  if (low === -Infinity && high === Infinity) return draw.normal(scale);
  if (high === Infinity) return Math.fround(low + Math.abs(draw.normal(scale)));
  if (low === -Infinity) return Math.fround(high - Math.abs(draw.normal(scale)));
  const inside = () => Math.fround(low + draw.unit() * (high - low));
  return pick(draw, [low, high, ...times(6, inside)]);
};

const classesOf = (draw: Draw, form: Classes, lengths: Lengths, ignored: unknown): Payload => {
  const shape = shapeOf(form.axes, lengths);
  const count = classCount(form.count, (word) => lengths[word]!);
  const one = () => {
    if (form.lengths) return lengthOf(draw, form.lengths, count);
    return typeof ignored === 'number' && draw.below(4) === 0 ? ignored : draw.below(count);
  };
  return toPayload({ dtype: 'i64', shape, data: times(sizeOf(shape), one) });
};

/** Every second one is whole, or at most 1. */
const lengthOf = (draw: Draw, drawn: 'long' | 'short', whole: number): number => {
  if (draw.below(2) === 0) return draw.below(whole + 1);
  return drawn === 'long' ? whole : draw.below(Math.min(1, whole) + 1);
};

export interface Asking {
  readonly params: { readonly [name: string]: unknown };
  readonly lengths: Lengths;
  /** Of the first input, and of those that are compared with it element by element. */
  readonly scale: number;
  /** Where the last axis of a row goes; nowhere if absent. */
  readonly dim?: number;
}

function tensor(draw: Draw, form: Form, first: string, { params, lengths, scale, dim }: Asking) {
  if (form.of === 'classes')
    return classesOf(draw, form, lengths, form.unless ? params[form.unless] : form.end);
  const whole = shapeOf(form.axes, lengths);
  const shape = form.broadcast ? broadcast(draw, whole) : moved(whole, dim);
  return filled(shape, () => elementOf(draw, form, form.axes === first ? scale : 1));
}

/** The last axis taken to `dim`. */
function moved(shape: readonly number[], dim: number | undefined): number[] {
  if (dim === undefined) return [...shape];
  return shape.slice(0, -1).toSpliced(dim < 0 ? dim + shape.length : dim, 0, shape.at(-1)!);
}

/** Probabilities cannot come with an ignoreIndex that could be a class. */
const isPossible = (form: Form, input: Input, params: Asking['params']): boolean => {
  const unless = input.of === 'either' ? input.classes.unless : undefined;
  return form.of === 'classes' || unless === undefined || Number(params[unless]) < 0;
};

/** One tensor for every input; the optional ones are left out at random. */
export function tensorsOf(draw: Draw, { inputs }: OfWords, asking: Asking) {
  const first = formsOf(Object.values(inputs)[0]!)[0]!.axes;
  const given = Object.entries(inputs).flatMap(([name, input]) => {
    const forms = formsOf(input).filter((form) => isPossible(form, input, asking.params));
    if (isOptional(input) && draw.below(2) === 0) return [];
    const form = forms[draw.below(forms.length)]!;
    return [[name, tensor(draw, form, first, asking)] as const];
  });
  return Object.fromEntries(given);
}
