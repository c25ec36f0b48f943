/**
 * # What composed graphs have in common
 *
 * A composition is one formula for one request: it knows the parameters, which inputs came, and
 * their ranks, but no elements; and no sizes, unless it has a step for each place along an axis.
 */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { isInteger } from '../../spec/tensor.ts';
import {
  apply,
  div,
  equal,
  input,
  integer,
  list,
  mul,
  real,
  sumAll,
  sumOver,
  type Term,
  toFloat64,
} from './expression.ts';

export type Composition = (asked: Asked) => Term;

export const rankOf = ({ in: given }: Asked, name: string): number => given[name]!.shape.length;
export const holdsClasses = ({ in: given }: Asked, name: string): boolean =>
  isInteger(given[name]!.dtype);

export function numberIn({ params }: Asked, name: string): number {
  const value = params[name];
  if (typeof value !== 'number') throw new TypeError(`${name} is ${value} but should be a number`);
  return value;
}

/** An optional input, 1 where absent. */
export const orOne = ({ in: given }: Asked, name: string): Term =>
  given[name] === undefined ? real(1) : input(name);

/** The terms of a loss, none left out, as their reduction. `batchmean` divides by the first axis alone. */
export function reduced(terms: Term, asked: Asked): Term {
  const { reduction } = asked.params;
  if (reduction === 'none') return terms;
  if (reduction === 'sum') return sumAll(terms);
  if (reduction === 'mean') return apply('ReduceMean', [terms], { keepdims: { int: 0 } });
  if (reduction === 'batchmean')
    return rankOf(asked, 'input') === 0 ? sumAll(terms) : sumAll(meanOver(terms, 0));
  throw new RangeError(`reduction is ${reduction}, which no graph is written for`);
}

/** Terms times weights, whose mean divides by Σ w. */
export function weightedMean(terms: Term, asked: Asked): Term {
  if (asked.in.weight === undefined) return reduced(terms, asked);
  const weight = input('weight');
  const weighted = mul(weight, terms);
  return asked.params.reduction === 'mean'
    ? div(sumAll(weighted), sumAll(weight))
    : reduced(weighted, asked);
}

const meanOver = (x: Term, axis: number): Term =>
  apply('ReduceMean', [x, list(axis)], { keepdims: { int: 0 } });

/** The axis of the classes in [C] and in [N C *]. */
export const classAxis = (asked: Asked): number => (rankOf(asked, 'input') === 1 ? 0 : 1);

/** A vector over the classes, shaped so that it broadcasts against the input: [C 1 …]. */
export function alongClasses(vector: Term, asked: Asked): Term {
  const after = rankOf(asked, 'input') - 1 - classAxis(asked);
  const shape = [-1, ...Array<number>(after).fill(1)];
  return apply('Reshape', [vector, list(...shape)]);
}

/** The weight of every class, 1 where absent. */
export const weightOfClasses = (asked: Asked): Term =>
  asked.in.weight === undefined ? real(1) : alongClasses(input('weight'), asked);

/** The number of classes, as an int64 scalar. */
export const classCount = (asked: Asked): Term =>
  apply('Gather', [apply('Shape', [input('input')]), integer(classAxis(asked))]);

/** [c = y] with the shape of the input; all 0 where y is no class. */
export function oneHot(asked: Asked): Term {
  const range = apply('Range', [integer(0), classCount(asked), integer(1)]);
  const target = apply('Unsqueeze', [input('target'), list(classAxis(asked))]);
  return toFloat64(equal(target, alongClasses(range, asked)));
}

export const sumOverClasses = (x: Term, asked: Asked): Term => sumOver(x, classAxis(asked));
