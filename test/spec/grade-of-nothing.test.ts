/** An enclosure that reaches 0 on one side is of a tiny number, and states no zero. */
import { expect, test } from 'vitest';
import { float32 } from '../../spec/format.ts';
import { judge } from '../../spec/grade.ts';

test.each([
  [-(2 ** -300), 0, -0, 0],
  [0, 2 ** -300, 0, -0],
])('between %d and %d the sign of 0 is a matter of bits', (lo, hi, value, got) => {
  const cell = { lo, hi, value, signed: true, digits: 0 };
  expect(judge(got, cell, float32).grade).toBe('A');
  expect(judge(value, cell, float32).grade).toBe('S');
});
