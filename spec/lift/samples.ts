/** # Rows and samples: what a formula sees at every position */
import {
  flat,
  type Lengths,
  type Places,
  positions,
  seen,
  type View,
  viewOf,
  words,
} from '../axes.ts';
import type { Form } from '../input.ts';
import type { GivenForms, Loss, Rowwise } from '../op.ts';
import { real } from '../real.ts';
import type { Tensor, Tensors } from '../tensor.ts';
import type { Access } from './lifted.ts';

export interface Sample {
  /** What the formula sees of every input. */
  row(x: Access): never;
  /** Where the elements that it sees lie. */
  readonly places: { readonly [input: string]: readonly number[] };
  readonly position: readonly number[];
}

/** What the formula sees at every position of `over`. */
export function samplesOf(
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
    const places = Object.fromEntries(names.map((name, i) => [name, flat(found[i]!)]));
    const row = (x: Access) =>
      Object.fromEntries(
        names.map((name, i) => {
          const pick = (place: number) => elementOf(forms[name]!, tensors[name], name, place, x);
          return [name, nested(found[i]!, pick)];
        }),
      ) as never;
    return { row, places, position };
  });
}

type Nested<T> = T | readonly Nested<T>[];
const nested = <T>(places: Places, pick: (place: number) => T): Nested<T> =>
  typeof places === 'number' ? pick(places) : places.map((inner) => nested(inner, pick));

/** A tensor without axes is a row of one element. */
const rowView = (shape: readonly number[], moved?: number): View =>
  moved !== undefined && shape.length === 0 ? viewOf([1]) : viewOf(shape, moved);

export const lengthsOf = (axes: string, lengths: Lengths): readonly number[] =>
  words(axes).flatMap((word) => lengths.get(word) ?? []);

function elementOf(form: Form, tensor: Tensor | undefined, name: string, place: number, x: Access) {
  if (form.of === 'classes') return tensor!.data[place]!;
  return tensor ? x(name, place) : real(form.absent!);
}

export const formsGiven = (
  forms: { readonly [name: string]: Form },
  tensors: Tensors,
): GivenForms =>
  Object.fromEntries(
    Object.entries(forms).map(([name, form]) => [name, tensors[name] ? form.of : 'absent']),
  );
