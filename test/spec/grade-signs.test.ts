/** The sign of a zero that is stated is judged; that of a tiny number that was rounded to 0 is a matter of bits. */
import { expect, test } from 'vitest';
import { float32 } from '../../spec/format.ts';
import { judge } from '../../spec/grade.ts';
import type { Certified } from '../../spec/oracle/index.ts';

const cell = (value: number, lo: number, hi = lo): Certified => ({
  ...{ value, lo, hi, signed: true, digits: 0 },
});

test('0 in place of −0 is wrong', () => {
  expect(judge(0, cell(-0, 0), float32)).toMatchObject({ grade: 'F', wrong: 'sign' });
});
test('0 in place of −2⁻¹⁵⁰, which rounds to −0, is off by half an ulp', () => {
  expect(judge(0, cell(-0, -(2 ** -150)), float32)).toMatchObject({ grade: 'A', ulps: 0.5 });
  expect(judge(-0, cell(-0, -(2 ** -150)), float32).grade).toBe('S');
});
// An enclosure that reaches 0 on one side is of a tiny number, and states no zero.
test.each([
  [-(2 ** -300), 0, -0, 0],
  [0, 2 ** -300, 0, -0],
])('between %d and %d the sign of 0 is a matter of bits', (lo, hi, value, got) => {
  expect(judge(got, cell(value, lo, hi), float32).grade).toBe('A');
  expect(judge(value, cell(value, lo, hi), float32).grade).toBe('S');
});
