/** # Lengths, angles and distances along the last axis */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { rankOf } from './composition.ts';
import { abs, add, apply, div, max, mul, real, sub, sumOver, type Term } from './expression.ts';

/** Sums over the last axis of the input of that name, and of all that has its shape. */
export const sumAlong =
  (asked: Asked, name: string) =>
  (x: Term): Term =>
    sumOver(x, rankOf(asked, name) - 1);

export const sqrt = (x: Term): Term => apply('Sqrt', [x]);
export const square = (x: Term): Term => mul(x, x);
const power = (x: Term, p: number): Term => apply('Pow', [x, real(p)]);

type Sum = (x: Term) => Term;

/** u · v / (length of u · length of v), where `length` makes it of the square. */
export const cosine = (u: Term, v: Term, sum: Sum, length: (square: Term) => Term): Term =>
  div(sum(mul(u, v)), mul(length(sum(square(u))), length(sum(square(v)))));

export const atLeast =
  (eps: number) =>
  (x: Term): Term =>
    max(sqrt(x), real(eps));

/** ‖u − v + eps‖_p; for p = ∞ `largest` takes the place of the sum. */
export function distance(
  [u, v]: readonly [Term, Term],
  { p, eps }: { readonly p: number; readonly eps: number },
  sum: Sum,
  largest: Sum,
): Term {
  const size = abs(add(sub(u, v), real(eps)));
  if (p === Infinity) return largest(size);
  return p === 2 ? sqrt(sum(square(size))) : power(sum(power(size, p)), 1 / p);
}

/** max(0, d(a, p) − d(a, n) + margin) */
export function triplet(margin: number, toPositive: Term, toNegative: Term): Term {
  return max(add(sub(toPositive, toNegative), real(margin)), real(0));
}
