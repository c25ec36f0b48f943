/**
 * # From one term to whole tensors
 *
 * Definitions speak about one element, one row, or one sample. `lift` finds them in tensors, checks
 * that everything fits and is legal, and returns the operator as pieces: formulas on the elements of
 * its inputs, each with the places of its results.
 */
import { bind, type Lengths, positions, seen, type View, viewOf, words } from './axes.ts';
import type { Form } from './input.ts';
import type { Addends, Edges, Elementwise, GivenForms, Loss, Op, Rowwise } from './op.ts';
import { type Params, read, type Settings, settle, type Values } from './param.ts';
import { type Real, real } from './real.ts';
import { denominator, reduce } from './reduction.ts';
import type { Tensor, Tensors } from './tensor.ts';

/** An element of an input of real numbers, in the arithmetic in force; always the same object. */
export type Access = (input: string, place: number) => Real;

/** Part of the result, computed together. */
export interface Piece {
  /** Where the results lie. */
  readonly at: readonly number[];
  formula(x: Access): readonly Real[];
  /** At an edge the definition states the sign of a zero. */
  readonly signed: boolean;
}

/** Addends of the element of a gradient at `place`. */
export interface Part {
  readonly place: number;
  readonly addends: Addends;
}

export interface Lifted {
  readonly op: Op;
  readonly settings: Settings<Params>;
  readonly tensors: Tensors;
  /** Whether each input came as reals, as classes, or not at all. */
  readonly given: GivenForms;
  /** The shape of the result. */
  readonly shape: readonly number[];
  readonly pieces: readonly Piece[];
  /** Terms that are summed into one result, at most. */
  readonly summed: number;
  /** What each result is the sum of, in the stable form; undefined for elementwise operators. */
  addends(x: Access): readonly Addends[] | undefined;
  /** What the textbook form adds to that. */
  textbook(x: Access): readonly Addends[];
  /** What a reduction divides by. */
  divisor(x: Access): Real;
  /** The stated derivative with respect to an input, where there is one; `u` is the cotangent. */
  derivative(input: string, x: Access, u: readonly Real[]): readonly Part[] | undefined;
}

/** Throws a TypeError or RangeError that names operator and argument if something does not fit. */
export function lift(op: Op, tensors: Tensors, settings: object = {}): Lifted {
  const all = settle(op, settings) as Settings<Params>;
  if (op.kind === 'elementwise') return liftElementwise(op, tensors, all);
  return op.kind === 'rowwise' ? liftRowwise(op, tensors, all) : liftLoss(op, tensors, all);
}

/** Reads elements when they are first asked for. */
export function accessTo(tensors: Tensors): Access {
  const known = new Map<string, Real[]>();
  return (input, place) => {
    const elements = known.get(input) ?? [];
    known.set(input, elements);
    elements[place] ??= real(tensors[input]!.data[place]!);
    return elements[place];
  };
}

// Elementwise ------------------------------------------------------------------------------------

function liftElementwise(op: Elementwise, tensors: Tensors, settings: Settings<Params>): Lifted {
  const { forms } = bind(op.id, op.inputs, tensors);
  const { shape, data } = tensors.input!;
  const pieces = Array.from(data, (raw, i): Piece => {
    const signed = edgeOf(raw) !== undefined;
    return { at: [i], signed, formula: (x) => [at(op, settings, x('input', i), raw)] };
  });
  return {
    ...{ op, settings, tensors, shape, pieces, summed: 1, given: formsGiven(forms, tensors) },
    addends: () => undefined,
    textbook: () => [],
    divisor: () => real(1),
    derivative: (_, x, u) =>
      pieces.map((_, i) => {
        const slope = () => op.df(x('input', i), read(op.params, settings));
        return { place: i, addends: [u[i]!.times(slopeAt(op, settings, data[i]!, slope))] };
      }),
  };
}

/** f(x), by table where the definition has one: at the edges and, for the slope, at kinks. */
function at(op: Elementwise, settings: Settings<Params>, x: Real, raw: number): Real {
  const p = (): Values<Params> => read(op.params, settings);
  const edge = edgeOf(raw);
  if (!edge && !op.kinks(settings).some((k) => k.at === raw)) return op.f(x, p());
  return x.through(
    (x) => (edge ? real(op.edges(p())[edge]) : op.f(x, p())),
    (x) => slopeAt(op, settings, raw, () => op.df(x, p())),
  );
}

function slopeAt(op: Elementwise, settings: Settings<Params>, raw: number, df: () => Real): Real {
  const p = read(op.params, settings);
  const kink = op.kinks(settings).find((k) => k.at === raw);
  if (kink) return real(kink.torch);
  const edge = edgeOf(raw);
  if (edge === 'nan') return real(NaN);
  return edge === 'negInf' || edge === 'posInf' ? real(op.slopes(p)[edge]) : df();
}

export function edgeOf(x: number): keyof Edges | undefined {
  if (Number.isNaN(x)) return 'nan';
  if (x === 0) return Object.is(x, -0) ? 'negZero' : 'posZero';
  if (Number.isFinite(x)) return undefined;
  return x < 0 ? 'negInf' : 'posInf';
}

// Rows and samples -------------------------------------------------------------------------------

interface Sample {
  /** What the formula sees of every input. */
  row(x: Access): never;
  /** Where the elements that it sees lie. */
  readonly places: { readonly [input: string]: readonly number[] };
  readonly position: readonly number[];
}

/** What the formula sees at every position of `over`. */
function samplesOf(
  op: Rowwise | Loss,
  tensors: Tensors,
  lengths: Lengths,
  forms: { readonly [name: string]: Form },
  moved?: number,
): readonly Sample[] {
  const names = Object.keys(forms);
  const finders = names.map((name) => {
    const { axes } = forms[name]!;
    const shape = tensors[name]?.shape;
    const view = shape ? rowView(shape, moved) : viewOf(lengthsOf(axes, lengths));
    return seen(axes, op.over, lengths, view);
  });
  return positions(op.over, lengths).map((position) => {
    const found = finders.map((find) => find(position));
    const places = Object.fromEntries(names.map((name, i) => [name, [found[i]!].flat()]));
    const row = (x: Access) =>
      Object.fromEntries(
        names.map((name, i) => {
          const pick = (place: number) => elementOf(forms[name]!, tensors[name], name, place, x);
          const where = found[i]!;
          return [name, typeof where === 'number' ? pick(where) : where.map(pick)];
        }),
      ) as never;
    return { row, places, position };
  });
}

/** A tensor without axes is a row of one element. */
const rowView = (shape: readonly number[], moved?: number): View =>
  moved !== undefined && shape.length === 0 ? viewOf([1]) : viewOf(shape, moved);

const lengthsOf = (axes: string, lengths: Lengths): readonly number[] =>
  words(axes).flatMap((word) => lengths.get(word) ?? []);

function elementOf(form: Form, tensor: Tensor | undefined, name: string, place: number, x: Access) {
  if (form.of === 'classes') return tensor!.data[place]!;
  return tensor ? x(name, place) : real(form.absent!);
}

const formsGiven = (forms: { readonly [name: string]: Form }, tensors: Tensors): GivenForms =>
  Object.fromEntries(
    Object.entries(forms).map(([name, form]) => [name, tensors[name] ? form.of : 'absent']),
  );

// Rowwise ----------------------------------------------------------------------------------------

function liftRowwise(op: Rowwise, tensors: Tensors, settings: Settings<Params>): Lifted {
  const first = tensors[Object.keys(op.inputs)[0]!];
  const moved = first && 'dim' in op.params ? axisOf(op, first.shape, settings) : undefined;
  const asRows = first?.shape.length === 0 && moved !== undefined ? rowOfOne(tensors) : tensors;
  const { lengths, forms } = bind(op.id, op.inputs, asRows, moved);
  const samples = samplesOf(op, asRows, lengths, forms, moved);
  const own = words(op.output).find((word) => !words(op.over).includes(word));
  const along = lengthsOf(op.over, lengths);
  const full =
    own === undefined ? along : along.toSpliced(moved ?? along.length, 0, lengths.get(own)![0]!);
  const view = viewOf(full, own === undefined ? undefined : moved);
  const p = () => read(op.params, settings);
  const outputs = samples.map(({ position }) => {
    const base = position.reduce((total, index, i) => total + index * view.strides[i]!, 0);
    const length = own === undefined ? 1 : lengths.get(own)![0]!;
    return Array.from({ length }, (_, i) => base + i * (view.strides[along.length] ?? 0));
  });
  const pieces = samples.map(({ row }, s): Piece => {
    return { at: outputs[s]!, signed: false, formula: (x) => op.f(row(x), p()) };
  });
  return {
    ...{ op, settings, tensors, pieces, given: formsGiven(forms, tensors) },
    shape: first!.shape.length === 0 ? [] : full,
    summed: Math.max(
      1,
      ...samples.flatMap(({ places }) => Object.values(places).map((a) => a.length)),
    ),
    addends: (x) => scattered(samples, outputs, (row) => op.addends(row, p()), x),
    divisor: () => real(1),
    textbook: (x) => scattered(samples, outputs, (row) => op.textbook(row, p()), x),
    derivative(input, x, u) {
      const pull = op.derivative[input];
      if (!pull) return undefined;
      return samples.flatMap(({ row, places }, s) => {
        const cotangent = outputs[s]!.map((place) => u[place]!);
        return partsOf(places[input]!, pull(row(x), cotangent, p()));
      });
    },
  };
}

/** What a formula gives for every row, at the places of its results. */
function scattered(
  samples: readonly Sample[],
  outputs: readonly (readonly number[])[],
  formula: (row: never) => readonly Addends[],
  x: Access,
): readonly Addends[] {
  const all: Addends[] = [];
  for (const [s, { row }] of samples.entries())
    for (const [i, addends] of formula(row(x)).entries()) all[outputs[s]![i]!] = addends;
  return all;
}

const rowOfOne = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, t && { ...t, shape: [1] }]));

function axisOf(op: Op, shape: readonly number[], settings: Settings<Params>): number {
  const dim = settings.dim as unknown as number;
  const rank = Math.max(1, shape.length);
  const axis = dim < 0 ? dim + rank : dim;
  if (axis >= 0 && axis < rank) return axis;
  throw new RangeError(
    `${op.id}: dim = ${dim} should be from ${-rank} to ${rank - 1} for input of shape [${shape}]`,
  );
}

const partsOf = (places: readonly number[], sums: readonly Addends[]): readonly Part[] =>
  sums.map((addends, i) => ({ place: places[i]!, addends }));

// Losses -----------------------------------------------------------------------------------------

function liftLoss(op: Loss, tensors: Tensors, settings: Settings<Params>): Lifted {
  const { lengths, forms } = bind(op.id, op.inputs, tensors);
  const given = formsGiven(forms, tensors);
  for (const [name, form] of Object.entries(forms)) {
    const tensor = tensors[name];
    if (tensor) checkLegal(op.id, name, form, tensor, lengths, settings);
  }
  op.refuse(settings, given);
  const samples = samplesOf(op, tensors, lengths, forms);
  const first = Object.values(tensors)[0]!.shape;
  const reduction = settings.reduction as unknown as string;
  const isNone = reduction === 'none';
  const p = () => read(op.params, settings);
  const terms = (x: Access) => samples.map(({ row }) => op.term(row(x), p()));
  const divisor = (x: Access) => denominator(terms(x), reduction, op.reductions, first);
  const whole: Piece = {
    at: [0],
    signed: false,
    formula: (x) => reduce(terms(x), reduction, op.reductions, first),
  };
  const reduced = (all: readonly Addends[], x: Access): readonly Addends[] => {
    if (isNone) return all;
    const by = divisor(x);
    return [all.flat().map((a) => a.div(by))];
  };
  const each = ({ row }: Sample, i: number): Piece => {
    return { at: [i], signed: false, formula: (x) => [op.term(row(x), p()).value] };
  };
  return {
    ...{ op, settings, tensors, given },
    shape: isNone ? lengthsOf(op.over, lengths) : [],
    pieces: isNone ? samples.map(each) : [whole],
    summed: summedBy(samples, isNone),
    addends: (x) =>
      reduced(
        samples.map(({ row }) => op.addends(row(x), p())),
        x,
      ),
    divisor,
    textbook: (x) =>
      reduced(
        samples.map(({ row }) => op.textbook(row(x), p())),
        x,
      ),
    derivative(input, x, u) {
      const slope = op.derivative[input];
      if (!slope) return undefined;
      const by = divisor(x);
      return samples.flatMap(({ row, places }, s) => {
        const share = u[isNone ? s : 0]!;
        const sums = slope(row(x), p());
        return partsOf(
          places[input]!,
          sums.map((addends) => addends.map((a) => share.times(a).div(by))),
        );
      });
    },
  };
}

/** Elements that enter a result: those of a row, times the number of rows that are added up. */
function summedBy(samples: readonly Sample[], isNone: boolean): number {
  const longest = samples.map(({ places }) =>
    Math.max(1, ...Object.values(places).map((p) => p.length)),
  );
  const all = isNone ? Math.max(1, ...longest) : longest.reduce((a, b) => a + b, 0);
  return Math.max(1, all);
}

function checkLegal(
  id: string,
  name: string,
  form: Form,
  tensor: Tensor,
  lengths: Lengths,
  settings: Settings<Params>,
): void {
  if (form.of === 'classes') {
    const count = lengths.get(form.count)![0]!;
    const unless = form.unless === undefined ? undefined : settings[form.unless];
    for (const y of Array.from(tensor.data)) {
      if (y === (unless as unknown) || (Number.isInteger(y) && y >= 0 && y < count)) continue;
      const or = form.unless === undefined ? '' : ` or ${form.unless} = ${unless}`;
      throw new RangeError(`${id}: ${name} has the class ${y} but should be in [0, ${count})${or}`);
    }
    return;
  }
  const { min = -Infinity, max = Infinity } = form;
  if (min === -Infinity && max === Infinity) return;
  for (const y of Array.from(tensor.data))
    if (!(y >= min && y <= max))
      throw new RangeError(`${id}: ${name} has the value ${y} but should be in [${min}, ${max}]`);
}
