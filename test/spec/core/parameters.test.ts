/** Parameters in words, defaults of a definition, reductions, and sums over alignments that weigh nothing. */
import { describe, expect, test } from 'vitest';
import { logTotal } from '../../../spec/alignments.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { elementwise } from '../../../spec/op.ts';
import { choice, describeParam, flag, integer, number, settle } from '../../../spec/param.ts';
import { type Real, reading, real } from '../../../spec/real.ts';
import { denominator, reduce } from '../../../spec/reduction.ts';

const values = (f: () => readonly Real[]): readonly number[] =>
  (reading(floats, f) as readonly Interval<number>[]).map(({ lo }) => lo);

describe('parameters', () => {
  test.each([
    ['one of a, b', choice('a', 'b')],
    ['true or false', flag()],
    ['a number, finite', number({ default: 0 })],
    ['an integer, finite', integer({ default: 0 })],
    ['an integer from 0 to 3', integer({ default: 0, min: 0, max: 3 })],
    ['an integer, a class in [0, C)', integer({ default: 0, count: 'C' })],
    ['a number from −∞ to 3', number({ default: 0, max: 3 })],
    ['a number from 0 to ∞', number({ default: 0, min: 0 })],
  ] as const)('%s', (words, param) => expect(describeParam(param)).toBe(words));
  test('an integer is whole', () => {
    const op = { id: 'it', params: { n: integer({ default: 1 }), x: number({ default: 1 }) } };
    expect(() => settle(op, { n: 1.5 })).toThrow('should be an integer');
    expect(settle(op, { n: 2, x: 1.5 })).toEqual({ n: 2, x: 1.5 });
  });
});

test('an elementwise definition that says no more promises nothing', () => {
  const f = (x: Real) => x;
  const zeros = { negInf: 0, negZero: 0, posZero: 0, posInf: 0, nan: NaN };
  const op = elementwise({
    ...{ id: 'it', params: {}, f, df: f, edges: () => zeros, slopes: () => zeros },
    ...{ clauses: {}, dialects: {}, sources: [] },
  });
  expect(op.range({})).toEqual([-Infinity, Infinity]);
  expect([op.isIncreasing({}), op.isOdd]).toEqual([false, false]);
});

describe('reductions', () => {
  const terms = () => [
    { value: real(6), weight: real(1), parts: 2 },
    { value: real(4), weight: real(3) },
  ];
  const own = { batchmean: ([n = 1]: readonly number[]) => n };
  const by = (reduction: string) => values(() => reduce(terms(), reduction, own, [5]));
  test('none, sum, and means', () => {
    expect(by('none')).toEqual([6, 4]);
    expect(by('sum')).toEqual([10]);
    expect(by('mean')).toEqual([1.75]);
    expect(by('batchmean')).toEqual([2]);
  });
  test('denominators', () => {
    const of = (reduction: string) => values(() => [denominator(terms(), reduction, own, [5])]);
    expect(['none', 'sum', 'mean', 'batchmean'].flatMap(of)).toEqual([1, 1, 4, 5]);
  });
});

describe('alignments', () => {
  const total = (scores: readonly (readonly number[])[], labels: readonly number[]) =>
    values(() =>
      logTotal(
        scores.map((row) => row.map((x) => real(x))),
        labels,
      ),
    );
  test('of +∞ are certain', () => {
    expect(total([[0, 0]], [1])).toEqual([0, 0]);
    expect(total([[Infinity, 0]], [0])).toEqual([Infinity, 0]);
  });
  test('that are all impossible weigh nothing together', () => {
    expect(total([[-Infinity, -Infinity]], [0, 1])).toEqual([-Infinity, 0]);
  });
  test('a score of −∞ makes nothing of whatever else is passed, but NaN', () => {
    expect(total([[-Infinity], [Infinity]], [0])).toEqual([-Infinity, 0]);
    expect(total([[Infinity], [-Infinity]], [0])).toEqual([-Infinity, 0]);
    expect(total([[-Infinity], [NaN]], [0])).toEqual([NaN, 0]);
  });
});
