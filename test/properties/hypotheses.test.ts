/** # What a wrong answer looks like: known wrong formulas are named, and nothing is made up */
import { describe, expect, test } from 'vitest';
import { looksLike } from '../../properties/hypotheses.ts';
import type { Question } from '../../properties/subject.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';

const classes = (...data: number[]) => tensor([data.length], data, 'i64');
const matrix = (rows: number, ...data: number[]) => tensor([rows, data.length / rows], data);
const vector = (...data: number[]) => tensor([data.length], data);
const asked = (op: Op, tensors: Tensors, params: object = {}, more: Partial<Question> = {}) =>
  ({ tensors, settings: settle(op, params), want: ['out'], ...more }) as unknown as Question;

const weighted = { input: matrix(2, 0, 0, 2, 0), target: classes(0, 1), weight: vector(1, 3) };
// 1 · ln 2 + 3 · (2 + ln(1 + e⁻²))
const sum = 7.073931;
const ce = (tensors: Tensors, params: object = {}) => asked(spec.crossEntropy, tensors, params);

describe('a formula', () => {
  test.each<readonly [string, Op, Question, number, string]>([
    ['the mean over N', spec.crossEntropy, ce(weighted), sum / 2, 'sum / N instead of sum / Σw'],
    ['no mean', spec.crossEntropy, ce(weighted), sum, 'sum instead of sum / Σw'],
    ['a sign', spec.crossEntropy, ce(weighted), -sum / 4, 'the negative of it: a sign is wrong'],
    [
      'no weights',
      spec.crossEntropy,
      ce(weighted),
      (Math.LN2 + 2.126928) / 2,
      'as if weight were not given',
    ],
    [
      'no smoothing',
      spec.crossEntropy,
      ce({ input: matrix(1, 3, 0), target: classes(0) }, { labelSmoothing: 0.5 }),
      0.04858735,
      'as if labelSmoothing were 0',
    ],
    [
      'batchmean taken for mean',
      spec.klDiv,
      asked(
        spec.klDiv,
        { input: matrix(2, -1, -2, -3, -4), target: matrix(2, 1, 0, 0, 1) },
        { reduction: 'batchmean' },
      ),
      5 / 4,
      'sum / N instead of sum / (the divisor of batchmean)',
    ],
  ])('%s', (_, op, question, got, says) => {
    expect(looksLike(op, question, 'out', 0, got)).toBe(says);
  });

  test('of the gradient', () => {
    const u = vector(3);
    const question = asked(spec.tanh, { input: vector(0.5) }, {}, { cotangent: u });
    const slope = 0.78644773;
    expect(looksLike(spec.tanh, question, 'grad:input', 0, slope)).toBe(
      'not multiplied by the cotangent',
    );
    expect(looksLike(spec.tanh, question, 'grad:input', 0, -3 * slope)).toBe(
      'the negative of it: a sign is wrong',
    );
    expect(looksLike(spec.tanh, question, 'grad:input', 0, 3 * slope)).toBeUndefined();
  });
});

describe('a symptom', () => {
  const two = (a: number, b: number) => asked(spec.logSoftmax, { input: matrix(1, a, b) });
  test('overflow, where something is large', () => {
    expect(looksLike(spec.logSoftmax, two(89, 0), 'out', 0, -Infinity)).toContain('overflows');
    expect(looksLike(spec.logSoftmax, two(-89, 0), 'out', 0, NaN)).toContain('overflows');
    expect(looksLike(spec.logSoftmax, two(5, 0), 'out', 0, NaN)).toBeUndefined();
  });
  test('a lost tail, where there is one', () => {
    expect(looksLike(spec.logSoftmax, two(17, 0), 'out', 0, 0)).toContain('log1p');
    const nothing = asked(spec.nllLoss, { input: matrix(1, 1), target: classes(-100) });
    expect(looksLike(spec.nllLoss, nothing, 'out', 0, 0)).toBeUndefined();
  });
});

describe('nothing is made up', () => {
  test('about what is right, or nearly', () => {
    for (const got of [sum / 4, (sum / 4) * (1 + 2 ** -18)])
      expect(looksLike(spec.crossEntropy, ce(weighted), 'out', 0, got)).toBeUndefined();
  });
  test('about what fits no formula', () => {
    for (const got of [1, 2, -7, 1e30, 1e-30])
      expect(looksLike(spec.crossEntropy, ce(weighted), 'out', 0, got)).toBeUndefined();
  });
  test('about a case for which the formulas make no sense', () => {
    const question = asked(spec.sigmoid, { input: vector() });
    expect(looksLike(spec.sigmoid, question, 'out', 0, 3)).toBeUndefined();
  });
});
