/** What is exact in float64 stays a point there: otherwise 1/(1 + e⁰) would be no tie, and no ½. */
import { expect, test } from 'vitest';
import { floats } from '../../../spec/arithmetic/float-ends.ts';

test.each([
  ['e⁰', floats.read(0).exp(), 1],
  ['e⁰ − 1', floats.read(0).expm1(), 0],
  ['ln 1', floats.read(1).log(), 0],
  ['ln(1 + 0)', floats.read(0).log1p(), 0],
  ['√(9/4)', floats.read(2.25).sqrt(), 1.5],
  ['0 · 0.1', floats.read(0).times(floats.read(0.1)), 0],
  ['3 · ¼', floats.read(3).times(floats.read(0.25)), 0.75],
  ['3/4', floats.read(3).div(floats.read(4)), 0.75],
])('%s', (_, x, due) => {
  expect([x.lo, x.hi]).toEqual([due, due]);
});
