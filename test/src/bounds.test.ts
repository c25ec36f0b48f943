/** Bounds hold where it is easy to see: at the end of a range, beside a number, and nowhere at all. */
import { expect, test } from 'vitest';
import { TooWide, value } from '../../src/kernel/bound.ts';
import { errorOn } from '../../src/kernel/error.ts';
import { constant, input, local } from '../../src/kernel/expression.ts';
import { fixed } from '../../src/kernel/local.ts';
import { farthest } from '../../src/kernel/series.ts';
import { worstError } from '../../src/kernel/worst-error.ts';
import { normalSeries } from '../../src/math/normal.ts';

const x = input('x');

test.each([
  [[0, 1], 0, 1],
  [[0, 1], -1, 0],
  [[0, 0, 1], 0, 1],
  [[1, -2], 0, 1],
  [[0, 3, -3], 0, 1],
])('the polynomial %o on [%f, %f] is as large as it gets', (p, lo, hi) => {
  const at = (t: number): number => p.reduceRight((b, c) => b * t + c, 0);
  const all = Array.from({ length: 1025 }, (_, i) => Math.abs(at(lo + ((hi - lo) * i) / 1024)));
  const largest = Math.max(...all);
  expect(farthest(p, lo, hi)).toBeGreaterThanOrEqual(largest);
  expect(farthest(p, lo, hi)).toBeLessThan(largest + 0.25);
});

test('an argument may be off to either side', () => {
  const [steps, centre] = [normalSeries.steps, 0];
  const e = local(normalSeries, x, true);
  const [, k, h] = e.of as [unknown, typeof x, typeof x];
  const off = 0.25 / steps;
  const { lo, hi } = errorOn({
    value: e,
    inputs: [
      [k, value(centre, centre, 0, 0)],
      [h, value(0, 0, off, Infinity)],
    ],
  });
  const [y, slope] = normalSeries
    .coefficients(centre, 2, fixed)
    .map((units) => Number(units) / 2 ** 512);
  expect(lo).toBeLessThan(y! - Math.abs(slope!) * off * 0.99);
  expect(hi).toBeGreaterThan(y! + Math.abs(slope!) * off * 0.99);
});

test('what no part of a range bounds is told, down to a single number', () => {
  expect(() => worstError(constant(1).div(x.minus(x)), x, [1, 2])).toThrow(TooWide);
});
