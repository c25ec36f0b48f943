/** Distances, asked for what only ties and borders show. */
import type { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { atLeast, cosineSlopes, norm, raisedBy } from '../../../spec/distance.ts';
import { type Real, reading, real } from '../../../spec/real.ts';

const exactly = <T>(formula: () => T): T => reading(interval(30), formula);
const numberOf = (x: Real): number => (x as Interval<Decimal>).lo.toNumber();
const isPoint = (x: Real): boolean => {
  const { lo, hi } = x as Interval<Decimal>;
  return lo.eq(hi);
};

test('sums of sizes and roots of squares are exact where they can be, other norms are not', () => {
  const of = (p: number, ...u: readonly number[]) =>
    exactly(() => isPoint(norm(u.map(real), real(p))));
  expect(of(1, 1, 2 ** -24)).toBe(true);
  expect(of(2, 3, 4)).toBe(true);
  expect(of(Infinity, 3, 4)).toBe(true);
  expect(of(3, 3, 4)).toBe(false);
});

test('a length that is bounded from below does not depend on the vector', () => {
  const slopes = (x: number) =>
    exactly(() =>
      cosineSlopes([real(x), real(0)], [real(0), real(1)], atLeast(real(1))).map((addends) =>
        addends.map(numberOf),
      ),
    );
  expect(slopes(0.5)).toEqual([[0], [1]]);
  expect(slopes(2).map((addends) => addends.length)).toEqual([2, 2]);
  const raised = exactly(() => cosineSlopes([real(0.5)], [real(1)], raisedBy(real(1))));
  expect(raised[0]!.length).toBe(2);
});
