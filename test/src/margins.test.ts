/** What margin losses lean on: sums and signs that are right next to 0. */
import { describe, expect, test } from 'vitest';
import {
  cosineEmbeddingLoss,
  infoNce,
  marginRankingLoss,
  multiMarginLoss,
  tripletMarginLoss,
  tripletMarginWithDistanceLoss,
} from '../../src/index.ts';
import { fractionOf } from '../../src/kernel/fraction.ts';
import { dotProduct, exactSum, longExactSum, productParts } from '../../src/math/exact-sum.ts';
import { type Root, signOfRoots, sumOfRoots, whole } from '../../src/math/root-sum.ts';

const floats = (...data: number[]) => ({ data: Float32Array.from(data), shape: [data.length] });
const list = ({ data }: { data: Float32Array }): number[] => [...data].map((x) => x + 0);

describe('exact sums', () => {
  test('keep what cancels', () => {
    expect(exactSum([1, 2 ** -100, -1])).toBe(2 ** -100);
    expect(exactSum([2 ** 200, 1, 2 ** -200, -(2 ** 200), -1])).toBe(2 ** -200);
    expect(exactSum([0.1, 0.2, -0.3])).toBe(2.7755575615628914e-17);
    expect(exactSum([1, 2, -3])).toBe(0);
    expect(exactSum([])).toBe(0);
    // What a sum in order makes of it.
    expect(1 + 2 ** -100 - 1).toBe(0);
  });
  test('follow IEEE rules beyond numbers', () => {
    expect(exactSum([Infinity, 1])).toBe(Infinity);
    expect(exactSum([Infinity, -Infinity, 1])).toBe(NaN);
    expect(exactSum([NaN, 1])).toBe(NaN);
    expect(dotProduct([1, 2], [3, -1.5])).toBe(0);
  });
  test('have a part that their float64 leaves out', () => {
    expect(longExactSum([1, 2 ** -80])).toEqual([1, 2 ** -80]);
    expect(exactSum([...productParts(3, [1 + 2 ** -52, 2 ** -80]), -3])).toBe(
      3 * 2 ** -52 + 3 * 2 ** -80,
    );
  });
});

describe('signs of sums of roots', () => {
  const root = (sign: number, square: number): Root => [sign, fractionOf(square)];
  const sign = (a: Root, b: Root, m: number) => signOfRoots(a, b, fractionOf(m));

  test('are told next to 0', () => {
    expect(sign(root(1, 9), root(-1, 16), 1)).toBe(0);
    expect(sign(root(1, 9), root(-1, 16), 1 + 2 ** -52)).toBe(1);
    expect(sign(root(1, 9), root(-1, 16 + 2 ** -48), 1)).toBe(-1);
    expect(sign(root(1, 2), root(-1, 2), 0)).toBe(0);
    expect(sign(root(1, 2), root(-1, 2 + 2 ** -51), 0)).toBe(-1);
    expect(sign(root(-1, 2), root(-1, 2), 3)).toBe(1);
    expect(sign(root(-1, 2), root(1, 0), Math.SQRT2)).toBe(1);
    expect(sign(root(-1, 2), root(1, 0), Math.SQRT2 - 2 ** -52)).toBe(-1);
    expect(sign(root(1, 0), root(1, 0), 0)).toBe(0);
  });
  test('agree with float64 where that is sure', () => {
    const numbers = [0, 0.25, 1, 2, 3, 9, 1e20];
    let compared = 0;
    for (const a of numbers)
      for (const b of numbers)
        for (const m of [-4, -0.5, 0, 0.5, 4])
          for (const [s, t] of [
            [1, 1],
            [1, -1],
            [-1, 1],
            [-1, -1],
          ] as const) {
            const sum = s * Math.sqrt(a) + t * Math.sqrt(b) + m;
            if (Math.abs(sum) < 1e-3) continue;
            compared++;
            expect(sign(root(s, a), root(t, b), m)).toBe(Math.sign(sum));
          }
    expect(compared).toBeGreaterThan(800);
  });
  test('have their digits, too', () => {
    const sum = (a: Root, b: Root, m: number) => sumOfRoots(a, b, fractionOf(m));
    expect(sum(root(1, 9), root(-1, 16), 1)).toBe(0);
    expect(sum(root(1, 9), root(-1, 16), 2)).toBe(1);
    expect(sum(root(-1, 0), root(1, 0), -(2 ** -300))).toBe(-(2 ** -300));
    expect(sum(root(1, 2 ** 1000), root(-1, 2 ** 1000), 3)).toBe(3);
    // √(1 + h) − 1 is nearly h/2.
    expect(sum(root(1, 1 + 2 ** -52), root(-1, 1), 0)).toBeCloseTo(2 ** -53, 68);
    const left = sum(root(-1, 1 + 2 ** -52), root(1, 1), 2 ** -53);
    expect(left / (2 ** -107 * (1 - 2 ** -53))).toBeCloseTo(1, 14);
    // Below all places there is a sign.
    expect(sum(root(-1, 1), root(1, 1), -Number.MIN_VALUE)).toBe(-Number.MIN_VALUE);
  });
  test('begin with the exact value of a float64', () => {
    expect(whole(2 ** -1074)).toBe(1n);
    expect(whole(-1)).toBe(-(1n << 1074n));
    expect(whole(1.5)).toBe(3n << 1073n);
  });
});

describe('margins next to where they are kept', () => {
  test('a ranking that float64 rounds away', () => {
    const pair = {
      input1: floats(1, 1),
      input2: floats(2 ** -100, -(2 ** -100)),
      target: floats(1, 1),
    };
    expect(list(marginRankingLoss(pair, { margin: 1, reduction: 'none' }))).toEqual([2 ** -100, 0]);
    expect(list(marginRankingLoss.gradient(pair, { margin: 1, reduction: 'sum' }).input1)).toEqual([
      -1, 0,
    ]);
  });
  test('a triplet', () => {
    const far = (tiny: number) => ({
      anchor: floats(0, 0),
      positive: floats(0, 0),
      negative: floats(1, tiny),
    });
    const slopes = (tiny: number, p: number) =>
      list(tripletMarginLoss.gradient(far(tiny), { eps: 0, p }).negative);
    // √(1 + 1e−40) is more than the margin of 1.
    expect(slopes(0, 2)).toEqual([-1, 0]);
    expect(slopes(1e-20, 2)).toEqual([0, 0]);
    expect(slopes(1e-20, 3)).toEqual([0, 0]);
    expect(slopes(1e-20, 1)).toEqual([0, 0]);
    expect(slopes(1e-20, Infinity)).toEqual([-1, 0]);
  });
  test('what is left of a cosine distance', () => {
    const triplet = { anchor: floats(1), positive: floats(1), negative: floats(2 ** -143) };
    const cosine = { distance: 'cosine', swap: true } as const;
    // 2⁻¹⁴³/1e−8
    const due = Math.fround(2 ** -143 * 1e8);
    expect(list(tripletMarginWithDistanceLoss(triplet, cosine))).toEqual([due]);
  });
  test('what is left of distances that are larger than all of float64 between them', () => {
    const big = 2 ** 127;
    const loss = (p: number, positive: readonly number[], negative: readonly number[]) =>
      list(
        tripletMarginLoss(
          {
            ...{ anchor: floats(big, big), positive: floats(...positive) },
            negative: floats(...negative),
          },
          { p, eps: 0, margin: 8 },
        ),
      )[0];
    // Equal components have equal shares of ‖u‖: 2^(1/p − 1).
    const share = (p: number) => 2 ** (1 / p - 1);
    for (const p of [1.015625, 1.5, 3, 10]) {
      expect(loss(p, [2, 0], [0, 1])).toBeCloseTo(8 - share(p), 6);
      expect(loss(p, [0, 2], [0, -2])).toBeCloseTo(8 - 4 * share(p), 6);
      expect(loss(p, [10, 10], [0, 0])).toBe(0);
      expect(loss(p, [-10, -10], [1, 0])).toBeCloseTo(8 + 21 * share(p), 4);
      // In whichever order.
      expect(loss(p, [3, 5], [5, 3])).toBe(8);
    }
  });
  test('a distance that is a little less than one nearly as large, and its slopes', () => {
    const triplet = {
      anchor: floats(2 ** 127, 2 ** 126),
      positive: floats(-4.734375, -(2 ** -149)),
      negative: floats(-1, -87.5),
    };
    // −3.7 or so by the first component, 43 by the second with a quarter of the slope.
    const { negative, positive } = tripletMarginLoss.gradient(triplet, { p: 3 });
    expect([...list(negative), ...list(positive)]).toEqual([0, 0, 0, 0]);
  });
  test('the nearer one of two that are nearly as near', () => {
    const shares = (x: number) => {
      const triplet = { anchor: floats(0), positive: floats(x), negative: floats(1) };
      const { anchor, positive } = tripletMarginWithDistanceLoss.gradient(triplet, {
        ...{ distance: 'squared-euclidean', swap: true, margin: 8 },
      });
      return [list(anchor)[0]! > 1, list(positive)[0]! > 1];
    };
    // d(a, n) has the slope −2, d(p, n) has 2 in p.
    expect(shares(-(2 ** -60))).toEqual([true, false]);
    expect(shares(2 ** -60)).toEqual([false, true]);
  });
  test('a cosine that is never 1', () => {
    const alike = {
      input1: floats(1e18, 0),
      input2: floats(1e18, 0),
      target: { data: Float32Array.of(-1), shape: [] },
    };
    expect(list(cosineEmbeddingLoss.gradient(alike, { margin: 1 }).input1)).toEqual([0, 0]);
  });
});

describe('refusals', () => {
  const rows = {
    input: { data: new Float32Array(8), shape: [2, 2, 2] },
    target: { data: [0, 0, 0, 0], shape: [2, 2] },
  };

  test('more axes than rows have', () => {
    expect(() => multiMarginLoss(rows)).toThrow(
      new RangeError(
        'multi-margin-loss: the first input has shape [2,2,2] but should have 1 or 2 axes',
      ),
    );
  });
  test('a p that is neither 1 nor 2', () => {
    const row = { input: floats(1, 2), target: { data: [0], shape: [] } };
    for (const p of [0, 3, 1.5]) expect(() => multiMarginLoss(row, { p })).toThrow(RangeError);
  });
  test('a key that is not there', () => {
    const keys = { data: Float32Array.of(1, 2), shape: [1, 2] };
    expect(() => infoNce({ input: floats(1, 2), keys, target: { data: [1], shape: [] } })).toThrow(
      new RangeError('info-nce: target[0] is 1 but should be a key in [0, 1)'),
    );
  });
});
