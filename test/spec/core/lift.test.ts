/** From a term to tensors: what a definition says reaches the result, and only there where it is due. */
import type { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { ctcLoss, mseLoss, multilabelMarginLoss, nllLoss, relu } from '../../../spec/index.ts';
import { accessTo, lift } from '../../../spec/lift.ts';
import type { Op } from '../../../spec/op.ts';
import { slopes } from '../../../spec/oracle/index.ts';
import { reading, real } from '../../../spec/real.ts';
import { tensor } from '../../../spec/tensor.ts';

const vector = (...data: readonly number[]) => tensor([data.length], data);
const numbersOf = (ends: readonly unknown[]): readonly number[] =>
  (ends as readonly Interval<Decimal>[]).map(({ lo }) => lo.toNumber());

describe('the textbook of a loss', () => {
  const op: Op = { ...mseLoss, textbook: () => [real(7), real(8)] };
  const tensors = { input: vector(1, 2), target: vector(0, 0) };
  const addends = (reduction: string) =>
    reading(interval(30), () =>
      lift(op, tensors, { reduction }).textbook(accessTo(tensors)).map(numbersOf),
    );
  test('adds up for each sample', () => {
    expect(addends('none')).toEqual([
      [7, 8],
      [7, 8],
    ]);
  });
  test('or for all of them', () => {
    expect(addends('sum')).toEqual([[7, 8, 7, 8]]);
    expect(addends('mean')).toEqual([[3.5, 4, 3.5, 4]]);
  });
});

describe('one function of one number', () => {
  test('at edges the sign of a zero is stated', () => {
    const { pieces } = lift(relu, { input: vector(-0, 0, 1, NaN, Infinity) });
    expect(pieces.map(({ signed }) => signed)).toEqual([true, true, false, true, true]);
  });
  test('away from kinks its slope is that of the formula, whatever is stated', () => {
    const op: Op = { ...relu, df: () => real(7) };
    const tensors = { input: vector(-1, 0, 1) };
    const { pieces, shape } = lift(op, tensors);
    const ofFormula = slopes(pieces, tensors, 'input', [0, 1, 2], tensor(shape, [1, 1, 1]));
    const exact = interval(30);
    expect(numbersOf(reading(exact, () => ofFormula(exact)))).toEqual([0, 0, 1]);
  });
});

describe('what is refused', () => {
  const lengths = { inputLengths: tensor([], [2], 'i64'), targetLengths: tensor([], [1], 'i64') };
  const labels = (...data: readonly number[]) => tensor([data.length], data, 'i64');
  test('a parameter that should be a class', () => {
    const tensors = { input: tensor([2, 3], [0, 0, 0, 0, 0, 0]), target: labels(1), ...lengths };
    expect(() => lift(ctcLoss, tensors, { blank: 2 })).not.toThrow();
    expect(() => lift(ctcLoss, tensors, { blank: 3 })).toThrow(
      'ctc-loss: blank = 3 should be a class in [0, 3)',
    );
  });
  test('what ends a list is named where there is such a thing', () => {
    const input = vector(0, 0, 0);
    expect(() => lift(multilabelMarginLoss, { input, target: labels(0, 7, -1) })).toThrow(
      /has 7 but should be a class in \[0, 3\) or -1, which ends the list$/,
    );
    const one = { input: tensor([1, 3], [0, 0, 0]), target: labels(7) };
    expect(() => lift(nllLoss, one)).toThrow(/\[0, 3\) or ignoreIndex = -100$/);
  });
});
