/**
 * # Multi-label margin loss
 *
 *     1/C Σ_k Σ_i [y_k is before the end] [i is not listed] max(0, 1 − x_(y_k) + x_i)
 *
 * An entry is before the end where no −1 has come, itself included. All is [… K C]: entries, classes.
 */
import { type Composition, classAxis, classCount, rankOf, reduced } from './composition.ts';
import {
  add,
  apply,
  div,
  equal,
  input,
  integer,
  list,
  max,
  mul,
  real,
  sub,
  sumOver,
  type Term,
  toFloat64,
  where,
} from './expression.ts';

const unsqueezed = (x: Term, axis: number): Term => apply('Unsqueeze', [x, list(axis)]);

export const multilabelMarginLoss: Composition = (asked) => {
  const rank = rankOf(asked, 'input');
  const [axis, last] = [classAxis(asked), integer(rank - 1)];
  const target = input('target');
  const isEnd = toFloat64(equal(target, integer(-1)));
  const ended = apply('CumSum', [isEnd, last]);
  const isListed = unsqueezed(toFloat64(equal(ended, real(0))), rank);
  const range = apply('Range', [integer(0), classCount(asked), integer(1)]);
  const isClass = mul(toFloat64(equal(unsqueezed(target, rank), range)), isListed);
  const isOther = unsqueezed(toFloat64(equal(sumOver(isClass, axis), real(0))), axis);
  const x = unsqueezed(input('input'), axis);
  const own = unsqueezed(sumOver(mul(isClass, x), rank), rank);
  const z = max(add(sub(real(1), own), x), real(0));
  const pairs = where(equal(mul(isListed, isOther), real(1)), z, real(0));
  const rows = sumOver(sumOver(pairs, rank), rank - 1);
  return reduced(div(rows, toFloat64(classCount(asked))), asked);
};
