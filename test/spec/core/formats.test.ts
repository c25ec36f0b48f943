/** Formats and exact values at their borders. */
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { exactly } from '../../../spec/exact.ts';
import {
  bfloat16,
  float16,
  float32,
  float64,
  fromBits,
  roundNumber,
  toBits,
  ulp,
} from '../../../spec/format.ts';

test('a number is written with as few factors of two as it has', () => {
  expect(exactly(0.5)).toBe('5e-1');
  expect(exactly(-1.5)).toBe('-15e-1');
  expect(exactly(1e15 + 1)).toBe('1000000000000001');
  expect(exactly(2 ** 60)).toBe('1152921504606846976');
});
test('the gap at a decimal fraction', () => {
  expect(ulp(new Decimal('0.2'), float32).toNumber()).toBe(2 ** -26);
  expect(ulp(new Decimal('5.1'), float32).toNumber()).toBe(2 ** -21);
});
test('a tie of float32 goes to the even one: a side does not break it', () => {
  expect(roundNumber(1 + 2 ** -24, float32, 1)).toBe(1);
});
test('a third, in every format', () => {
  const thirds = [bfloat16, float16, float32, float64].map((f) => roundNumber(1 / 3, f));
  expect(thirds).toEqual([0.333984375, 0.333251953125, Math.fround(1 / 3), 1 / 3]);
});
test.each([bfloat16, float16, float32, float64])(
  'a number below 0 has one pattern: %o',
  (format) => {
    for (const x of [-1.5, -0, -Infinity, 1.5, 0])
      expect(fromBits(toBits(x, format), format)).toBe(x);
  },
);
