/** # What graphs along one axis have in common */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { numberIn, rankOf } from './composition.ts';
import {
  add,
  apply,
  div,
  equal,
  exp,
  input,
  integer,
  list,
  max,
  neg,
  real,
  sub,
  sumOver,
  type Term,
  toFloat64,
} from './expression.ts';

/** The axis that `dim` names, from the front. */
export function axisOf(asked: Asked): number {
  const dim = numberIn(asked, 'dim');
  return dim < 0 ? dim + rankOf(asked, 'input') : dim;
}

const keeping = (op: string, x: Term, axis: number): Term =>
  apply(op, [x, list(axis)], { keepdims: { int: 1 } });
/** Sums and maxima that keep their axis, with length 1. */
export const sumAlong = (x: Term, axis: number): Term => keeping('ReduceSum', x, axis);
const largestAlong = (x: Term, axis: number): Term => keeping('ReduceMax', x, axis);

export const softmaxAlong = (x: Term, axis: number): Term =>
  apply('Softmax', [x], { axis: { int: axis } });

/** σ(x), which overflows into 0 below −709 only. */
export const sigmoidOf = (x: Term): Term => div(real(1), add(real(1), exp(neg(x))));

const lengthOf = (axis: number): Term =>
  apply('Gather', [apply('Shape', [input('input')]), integer(axis)]);

/** 0, 1, 2 … along the axis. */
function indices(asked: Asked, axis: number): Term {
  const range = apply('Range', [integer(0), lengthOf(axis), integer(1)]);
  const after = rankOf(asked, 'input') - 1 - axis;
  return apply('Reshape', [range, list(-1, ...Array<number>(after).fill(1))]);
}

/** 1 at the first largest. */
export function oneHotAlong(x: Term, asked: Asked): Term {
  const axis = axisOf(asked);
  const first = apply('ArgMax', [x], { axis: { int: axis }, keepdims: { int: 1 } });
  return toFloat64(equal(indices(asked, axis), first));
}

/** x − max x. */
export const belowLargest = (axis: number): Term =>
  sub(input('input'), largestAlong(input('input'), axis));

/** Σ f(xⱼ − xᵢ) over all xⱼ > xᵢ, for every xᵢ: of all pairs at once. */
export function sumOfLarger(x: Term, f: (gap: Term) => Term, axis: number): Term {
  const [own, other] = [axis + 1, axis].map((at) => apply('Unsqueeze', [x, list(at)]));
  return sumOver(f(max(sub(other!, own!), real(0))), axis + 1);
}
