/** # An operator on whole tensors, in pieces */
import type { Addends, GivenForms, Op } from '../op.ts';
import type { Params, Settings } from '../param.ts';
import { type Real, real } from '../real.ts';
import type { Tensors } from '../tensor.ts';

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

export const partsOf = (places: readonly number[], sums: readonly Addends[]): readonly Part[] =>
  sums.map((addends, i) => ({ place: places[i]!, addends }));
