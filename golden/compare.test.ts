import { describe, expect, test } from 'vitest';
import { toPayload } from '../properties/payload.ts';
import type { Answer } from './answers.ts';
import { allowed, differences, gap } from './compare.ts';
import { scaleOf } from './scale.ts';
import type { Witnessed } from './witness.ts';

const f32 = (shape: number[], ...data: number[]) => toPayload({ dtype: 'f32', shape, data });

const witnessed = (op: string, ...answer: number[]): Witnessed => ({
  of: { op, params: {}, in: { input: f32([answer.length], ...answer) } },
  precision: 'float32',
  answer: f32([answer.length], ...answer),
});

const says =
  (shape: readonly number[], ...values: number[]): Answer =>
  () => ({ shape, values });

const disagree = async (witness: Witnessed, answer: Answer): Promise<number> =>
  (await differences([witness], { reference: answer, fast: answer })).length;

test('the gap is that of the binade, and of the smallest normal below it', () => {
  expect([1, 1.5, 2, -0.75].map((x) => gap(x, 'float32'))).toEqual([
    2 ** -23,
    2 ** -23,
    2 ** -22,
    2 ** -24,
  ]);
  expect(gap(0, 'float32')).toBe(2 ** -149);
  expect(gap(2 ** -140, 'float32')).toBe(2 ** -149);
  expect(gap(1, 'float64')).toBe(2 ** -52);
  expect(gap(0, 'float64')).toBe(2 ** -1074);
});

describe('an answer differs', () => {
  test('by one bit, where bits are exact', async () => {
    expect(await disagree(witnessed('relu', 1), says([1], 1))).toBe(0);
    expect(await disagree(witnessed('relu', 1), says([1], 1 + 2 ** -23))).toBe(2);
  });

  test('by more than is allowed, where there is a tolerance', async () => {
    const one = witnessed('tanh', 0.5);
    const limit = allowed('fast', one, 0.5);
    expect(limit).toBe(8.5 * 2 ** -24); // 8 ulps, and half of one for the rounding of src/
    expect(await disagree(one, says([1], 0.5 + limit))).toBe(0);
    expect(await disagree(one, says([1], 0.5 + limit * 1.01))).toBe(2);
  });

  test('in being NaN or infinite', async () => {
    const one = witnessed('tanh', Number.NaN);
    expect(await disagree(one, says([1], Number.NaN))).toBe(0);
    expect(await disagree(one, says([1], 0))).toBe(2);
    expect(await disagree(witnessed('tanh', 0), says([1], Number.NaN))).toBe(2);
    const infinite = witnessed('relu', Number.POSITIVE_INFINITY);
    expect(await disagree(infinite, says([1], Number.POSITIVE_INFINITY))).toBe(0);
    expect(await disagree(infinite, says([1], 3e38))).toBe(2);
  });

  test('in its shape or its number of elements', async () => {
    expect(await disagree(witnessed('relu', 1, 2), says([2, 1], 1, 2))).toBe(2);
    expect(await disagree(witnessed('relu', 1, 2), says([2], 1))).toBe(2);
  });
});

test('the scale counts weights and samples where they are added up', () => {
  const given = {
    input: f32([2, 3], 0, -20, 1, 2, 3, 4),
    target: toPayload({ dtype: 'i64', shape: [2], data: [0, 1] }),
    weight: f32([3], 1, 8, 1),
  };
  const scale = (reduction: string) =>
    scaleOf({ op: 'cross-entropy', params: { reduction }, in: given });
  expect(scale('none')).toEqual({ logit: 20, factor: 8, size: 20 * 8 * 4, terms: 1 });
  expect(scale('sum')).toEqual({ logit: 20, factor: 16, size: 20 * 16 * 4, terms: 2 });
  expect(scale('mean')).toEqual({ logit: 20, factor: 1, size: 20 * 4, terms: 2 });
});
