/** Float64 decides what it can without decimals; what has more digits is left to them. */
import { Decimal } from 'decimal.js';
import { beforeEach, expect, test, vi } from 'vitest';
import { float32 } from '../../spec/format.ts';
import { judge } from '../../spec/grade.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';

vi.mock('../../spec/oracle/index.ts', { spy: true });
beforeEach(() => void vi.mocked(decimalOf).mockClear());

type End = Certified['lo'];
const cell = (value: number, lo: End, hi: End): Certified => ({
  ...{ value, lo, hi, signed: true, digits: 0 },
});
const ULP = 2 ** -23;

test.each([
  ['that is correctly rounded', 1, 'S', 0.4],
  ['beside it', 1 - ULP / 2, 'A', 0.9],
  ['above it', 1 + ULP, 'A', 0.6],
])('of a result %s no decimal is made', (_, got, grade, ulps) => {
  const exact = 1 + 0.4 * ULP;
  const verdict = judge(got, cell(1, exact, exact), float32);
  expect(verdict.grade).toBe(grade);
  expect(verdict.ulps).toBeCloseTo(ulps, 6);
  expect(decimalOf).not.toHaveBeenCalled();
});

const little = new Decimal('1.0000000000000000000000000001');
test.each([
  ['both ends', little, little],
  ['the upper end', 1, little],
  ['the lower end', little, 1 + ULP / 4],
])('where %s has more digits than float64 they count', (_, lo, hi) => {
  const { grade, ulps } = judge(1, cell(1, lo, hi), float32);
  expect(grade).toBe('S');
  expect(ulps).toBeGreaterThan(0);
  expect(decimalOf).toHaveBeenCalled();
});
