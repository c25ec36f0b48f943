/**
 * # From a declaration to cases
 *
 * Nobody writes an arbitrary for a single operator: axis words, ranges, edges, kinks and points say
 * all there is to know.
 */
import fc from 'fast-check';
import { classCount, words } from '../spec/axes.ts';
import { type Form, formsOf, type Input, isOptional, type Reals } from '../spec/input.ts';
import type { GivenForms, Op, Params, Settings } from '../spec/op.ts';
import type { Integer, Param } from '../spec/param.ts';
import { sizeOf, type Tensor, type Tensors, tensor } from '../spec/tensor.ts';
import { type Draw, floats } from './floats.ts';
import { type Case, shrinking } from './simplify.ts';

export type { Case };

/** How large cases are. */
export interface Sizes {
  /** Elements of an elementwise input, at most. */
  readonly elements: number;
  /** Length of every axis, at most. */
  readonly axis: number;
  /** Lengths to choose from instead. */
  readonly lengths?: readonly number[];
}
export const small: Sizes = { elements: 4, axis: 3 };

/** A case for any operator; `draw` says which reals. */
export const cases = (
  op: Op,
  draw: Draw = floats(),
  sizes: Sizes = small,
  parameters: Draw = draw,
): fc.Arbitrary<Case> =>
  shrinking(
    op,
    settingsOf(op, parameters).chain((settings) =>
      fc
        .record({ tensors: tensorsOf(op, settings, draw, sizes), settings: fc.constant(settings) })
        .map(countedFromTheEnd),
    ),
  );

/** The first of two axes is also −2: that is where it is told from 2, which is none. */
function countedFromTheEnd({ tensors, settings }: Case): Case {
  const isFirstOfTwo = settings.dim === 0 && tensors.input?.shape.length === 2;
  return isFirstOfTwo && tensors.input!.shape[0] !== 1
    ? { tensors, settings: { ...settings, dim: -2 } }
    : { tensors, settings };
}

// Parameters -------------------------------------------------------------------------------------

export type Drawn = Case['settings'];

export function settingsOf(op: Op, draw: Draw = floats()): fc.Arbitrary<Drawn> {
  const fields = Object.entries(op.params).map(([name, p]) => [name, setting(p, draw)] as const);
  return fc.record(Object.fromEntries(fields)).filter((settings) => isTaken(op, settings));
}

/** Whether the definition takes these parameters together, and with inputs in these forms. */
export function isTaken(op: Op, settings: Drawn, given: GivenForms = {}): boolean {
  try {
    op.refuse(settings as never, given);
    return true;
  } catch (reason) {
    if (reason instanceof RangeError) return false;
    throw reason;
  }
}

/** All of a short range; otherwise the default and what is near 0. */
function integersOf({ default: usual, min = -Infinity, max = Infinity }: Integer): number[] {
  if (max - min < 10) return Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return [usual, -1, 0, 1].filter((n) => n >= min && n <= max);
}

function setting(p: Param, draw: Draw): fc.Arbitrary<number | string | boolean> {
  if (p.kind === 'choice') return fc.constantFrom(...p.values);
  if (p.kind === 'flag') return fc.boolean();
  if (p.kind === 'axis') return fc.constantFrom(p.default, 0);
  if (p.kind === 'integer') return fc.constantFrom(...integersOf(p));
  const [min, max] = p.draw ?? [p.min ?? -8, p.max ?? 8];
  return fc.oneof(fc.constant(p.default), draw([min, max], [], p.exact ?? [p.default]));
}

// Tensors ----------------------------------------------------------------------------------------

export function tensorsOf(
  op: Op,
  settings: Drawn,
  draw: Draw,
  sizes: Sizes,
): fc.Arbitrary<Tensors> {
  if (op.kind === 'elementwise') {
    const element = draw([-Infinity, Infinity], pointsOf(op, settings));
    return fc
      .array(element, { minLength: 1, maxLength: sizes.elements, size: 'max' })
      .map((data) => ({ input: tensor([data.length], data) }));
  }
  return lengthsOf(op, settings, sizes).chain((lengths) => {
    const fields = Object.entries(op.inputs).map(([name, input]) => [
      name,
      given(input, lengths, settings, draw).map((t) => t && turned(t, settings.dim)),
    ]);
    return fc.record(Object.fromEntries(fields)) as fc.Arbitrary<Tensors>;
  });
}

/** The axis that the words put last comes first where the operator works along the first. */
const turned = (t: Tensor, dim: Drawn[string] | undefined): Tensor =>
  dim === 0 ? { ...t, shape: [...t.shape.slice(-1), ...t.shape.slice(0, -1)] } : t;

export const pointsOf = (op: Op, settings: Drawn): readonly number[] =>
  op.kind === 'elementwise'
    ? [
        ...op.kinks(settings as never).map((k) => k.at),
        ...op.points(settings as Settings<Params> as never),
      ]
    : [];

type Lengths = { readonly [word: string]: readonly number[] };

function lengthsOf(op: Op, settings: Drawn, { axis, lengths }: Sizes): fc.Arbitrary<Lengths> {
  const one = lengths ? fc.constantFrom(...lengths) : fc.integer({ min: 1, max: axis });
  const all = Object.values(op.inputs).flatMap(formsOf);
  const length = (word: string) => {
    const [minLength, maxLength] = word === '*' ? [0, 2] : word.endsWith('?') ? [0, 1] : [1, 1];
    const least = leastOf(op, settings, word);
    const own = word.startsWith('2') ? one.map((n) => 2 * n) : one.map((n) => Math.max(n, least));
    return fc.array(own, { minLength, maxLength });
  };
  const bound = new Set(all.flatMap((form) => words(form.axes)));
  return fc
    .record(Object.fromEntries([...bound].map((word) => [word, length(word)])))
    .map((l) => (l['N?']?.length === 0 ? { ...l, '*': [] } : l)); // further axes need a batch axis
}

/** Enough classes for the parameters that are classes. */
const leastOf = (op: Op, settings: Drawn, word: string): number =>
  Object.entries(op.params).reduce(
    (least, [name, p]) =>
      p.kind === 'integer' && p.count === word
        ? Math.max(least, Number(settings[name]) + 1)
        : least,
    1,
  );

function given(
  input: Input,
  lengths: Lengths,
  settings: Drawn,
  draw: Draw,
): fc.Arbitrary<Tensor | undefined> {
  // Probabilities cannot come with an ignoreIndex that could be a class.
  const forms = formsOf(input).filter((form) => isPossible(form, input, settings));
  const some = fc.oneof(...forms.map((form) => formTensor(form, lengths, settings, draw)));
  return isOptional(input) ? fc.option(some, { nil: undefined }) : some;
}

const isPossible = (form: Form, input: Input, settings: Drawn): boolean => {
  if (input.of !== 'either' || form.of === 'classes') return true;
  const { unless } = input.classes;
  return unless === undefined || (settings[unless] as number) < 0;
};

function formTensor(
  form: Form,
  lengths: Lengths,
  settings: Drawn,
  draw: Draw,
): fc.Arbitrary<Tensor> {
  const shape = words(form.axes).flatMap((word) => lengths[word]!);
  if (form.of === 'classes') {
    const count = classCount(form.count, (word) => lengths[word]!);
    const known = form.lengths ? lengthOf(form.lengths, count) : fc.nat(count - 1);
    const ignored = form.unless === undefined ? form.end : (settings[form.unless] as number);
    const label =
      ignored === undefined
        ? known
        : fc.oneof({ weight: 4, arbitrary: known }, fc.constant(ignored));
    return filled(shape, label).map((t) => ({ ...t, dtype: 'i64' }));
  }
  const any = draw(rangeOf(form), [], form.exact?.(settings));
  const element = form.labels
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...form.labels) }, any)
    : any;
  if (!form.broadcast) return filled(shape, element);
  return fc
    .constantFrom(
      shape,
      shape.slice(1),
      shape.map(() => 1),
    )
    .chain((part) => filled(part, element));
}

/** Every second one is whole, or at most 1; the others are any. */
const lengthOf = (drawn: 'long' | 'short', whole: number): fc.Arbitrary<number> =>
  fc.oneof(fc.nat(whole), drawn === 'long' ? fc.constant(whole) : fc.nat(Math.min(1, whole)));

const filled = (shape: readonly number[], element: fc.Arbitrary<number>): fc.Arbitrary<Tensor> =>
  fc
    .array(element, { minLength: sizeOf(shape), maxLength: sizeOf(shape), size: 'max' })
    .map((data) => tensor(shape, data));

export const rangeOf = ({
  draw,
  min = -Infinity,
  max = Infinity,
}: Reals): readonly [number, number] => draw ?? [min, max];
