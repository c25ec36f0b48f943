/** The series of erfc gives as many digits as are asked for. */
import type { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { erfc } from '../../../spec/erfc.ts';
import { reading, real } from '../../../spec/real.ts';

test.each([0.125, 0.25, 0.5, 0.75, 1])('erfc(−%s) to 30 digits, but for a few units', (x) => {
  const { lo, hi } = reading(interval(30), () => erfc(real(-x))) as Interval<Decimal>;
  expect(hi.minus(lo).toNumber()).toBeLessThan(1e-28);
});
