/** # GLU: the first half times the sigmoid of the second */
import { axisOf, sigmoidOf } from './along.ts';
import type { Composition } from './composition.ts';
import { apply, div, input, integer, list, mul, type Term } from './expression.ts';

export const glu: Composition = (asked) => {
  const axis = axisOf(asked);
  const x = input('input');
  const length = apply('Gather', [apply('Shape', [x]), list(axis)]);
  const half = div(length, integer(2));
  const part = (from: Term, to: Term) => apply('Slice', [x, from, to, list(axis)]);
  return mul(part(list(0), half), sigmoidOf(part(half, length)));
};
