/**
 * # Where a term of a loss finds its part of each input
 *
 *     number      one for each term
 *     vector      one of the length D for each term, along the last axis
 *     shared      one vector of the length D for all terms
 *     stretched   one for each term, of any shape that broadcasts
 *     class       a whole number from 0 to D − 1 for each term
 *     classes     D whole numbers from −1 to D − 1 for each term, along the last axis
 *
 * The first input is a number or a vector, and says how many terms there are.
 */
import { checkClasses, checkFloats, checkShape, checkStretches } from './check.ts';
import {
  type Classes,
  type Floats,
  type Shape,
  sameShape,
  sizeOf,
  stretched,
  type Tensor,
} from './tensor.ts';

export type Kind = 'number' | 'vector' | 'shared' | 'stretched' | 'class' | 'classes';
export type Given = Floats | Classes;

/** An input: elements, and which of them are of a term. */
export interface Place {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
  /** Of a vector; undefined for one number. */
  readonly length: number | undefined;
  readonly start: (term: number) => number;
  /** Whether terms share elements. */
  readonly isShared: boolean;
}

export interface Layout {
  /** Of the result under `none`: one term for each of its elements. */
  readonly shape: Shape;
  readonly count: number;
  readonly places: Readonly<Record<string, Place>>;
}

interface Terms {
  readonly shape: Shape;
  /** D */
  readonly length: number;
}

/** Inputs among `optional` are 1 everywhere where they are absent. */
export function layoutOf(
  id: string,
  kinds: Readonly<Record<string, Kind>>,
  given: Readonly<Record<string, Given | undefined>>,
  optional: readonly string[],
): Layout {
  const [first, ...others] = Object.entries(kinds);
  const terms = termsOf(id, first!, given);
  const places = [first!, ...others].map(([name, kind]) => {
    const isOne = given[name] === undefined && optional.includes(name);
    return [name, isOne ? one(kind, terms) : placed({ id, name }, kind, given[name], terms)];
  });
  return {
    shape: terms.shape,
    count: sizeOf(terms.shape),
    places: Object.fromEntries(places) as Layout['places'],
  };
}

function termsOf(
  id: string,
  [name, kind]: readonly [string, Kind],
  given: Readonly<Record<string, Given | undefined>>,
): Terms {
  const { shape } = checkFloats({ id, name }, given[name] as Floats | undefined);
  if (kind !== 'vector') return { shape, length: 1 };
  if (shape.length > 0) return { shape: shape.slice(0, -1), length: shape.at(-1)! };
  throw new RangeError(`${id}: ${name} has shape [] but should have an axis`);
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function placed(named: Named, kind: Kind, given: Given | undefined, terms: Terms): Place {
  const { shape, length } = terms;
  const isClass = kind === 'class' || kind === 'classes';
  const tensor = isClass ? checkClasses(named, given) : checkFloats(named, given as Floats);
  if (kind === 'stretched') {
    checkStretches(named, tensor.shape, shape, 'the terms of shape');
    const start = stretched(tensor.shape, shape);
    const isShared = !sameShape(tensor.shape, shape);
    return { ...(tensor as Floats), length: undefined, start, isShared };
  }
  checkShape(named, tensor.shape, dueShape(kind, terms));
  const data = isClass ? labels(named, tensor, length, kind) : (tensor as Floats).data;
  return { shape: tensor.shape, data, ...reach(kind, length) };
}

const dueShape = (kind: Kind, { shape, length }: Terms): Shape =>
  kind === 'shared' ? [length] : isVector(kind) ? [...shape, length] : shape;

const isVector = (kind: Kind): boolean => kind === 'vector' || kind === 'classes';

/** How far the part of a term reaches. */
function reach(kind: Kind, length: number): Pick<Place, 'length' | 'start' | 'isShared'> {
  if (kind === 'shared') return { length, start: () => 0, isShared: true };
  if (isVector(kind)) return { length, start: (term) => term * length, isShared: false };
  return { length: undefined, start: (term) => term, isShared: false };
}

function one(kind: Kind, { length }: Terms): Place {
  if (kind === 'number' || kind === 'stretched')
    return {
      shape: [],
      data: Float32Array.of(1),
      length: undefined,
      start: () => 0,
      isShared: true,
    };
  const data = new Float32Array(length).fill(1);
  return { shape: [length], data, length, start: () => 0, isShared: true };
}

function labels(
  { id, name }: Named,
  { data }: Tensor<unknown>,
  length: number,
  kind: Kind,
): Int32Array {
  const least = kind === 'classes' ? -1 : 0;
  return Int32Array.from(data as ArrayLike<number | bigint>, (y, i) => {
    if (y >= least && y < length) return Number(y);
    const due = `should be a class in [${least}, ${length})`;
    throw new RangeError(`${id}: ${name}[${i}] is ${y} but ${due}`);
  });
}
