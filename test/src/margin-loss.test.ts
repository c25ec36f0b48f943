/** Losses with margins and of overlaps: powers that keep their digits, ties of two distances, shapes. */
import { describe, expect, test } from 'vitest';
import { diceLoss, tripletMarginLoss, tripletMarginWithDistanceLoss } from '../../src/index.ts';
import { focus } from '../../src/margin-loss.ts';
import { floats } from './tensors.ts';

describe('(1 − p)^γ', () => {
  const of = (p: number, rest: number, gamma: number) => focus({ p, rest, surprise: 0 }, gamma);
  test('has the digits of whichever of p and 1 − p has them', () => {
    expect(of(1, 2 ** -70, 2)).toBeCloseTo(2 ** -140, 55);
    expect(of(1, 2 ** -70, 2) / 2 ** -140).toBeCloseTo(1, 12);
    expect(of(2 ** -70, 1, 2 ** 70)).toBeCloseTo(1 / Math.E, 12);
    expect(of(0.25, 0.75, 2)).toBeCloseTo(0.5625, 12);
    expect(of(0.75, 0.25, 2)).toBeCloseTo(0.0625, 12);
  });
  test('is 1 without focus, also where 1 − p is 0', () => expect(of(1, 0, 0)).toBe(1));
});

describe.each([
  ['p-norms', tripletMarginLoss],
  ['any distance', tripletMarginWithDistanceLoss],
])('triplets by %s', (_, loss) => {
  const slopes = (negative: number, swap: boolean) => {
    const given = { anchor: [0], positive: [2], negative: [negative] };
    const named = Object.entries(given).map(([name, x]) => [name, floats(x, [1, 1])]);
    const g = loss.gradient(Object.fromEntries(named), { swap, margin: 5, eps: 0 });
    return [g.anchor, g.positive, g.negative].map(({ data }) => data[0]! + 0);
  };
  test('take the nearer distance, and of a tie both halves', () => {
    expect(slopes(0.5, true)).toEqual([0, 1, -1]);
    expect(slopes(1.5, true)).toEqual([-1, 0, 1]);
    expect(slopes(1, true)).toEqual([-0.5, 0.5, 0]);
    expect(slopes(1, false)).toEqual([0, 1, -1]);
    expect(slopes(1.5, false)).toEqual([0, 1, -1]);
  });
});

test('overlaps are of batches', () => {
  const p = floats([0.5, 0.5]);
  expect(() => diceLoss({ input: p, target: p })).toThrow(
    'dice-loss: input has shape [2] but should be [N C *]',
  );
});
