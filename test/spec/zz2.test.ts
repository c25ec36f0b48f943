import { Decimal } from 'decimal.js';
import { test } from 'vitest';
import { judge, strict } from '../../spec/grade.ts';
import { exactly } from '../../spec/exact.ts';
import { formats, float32, float64, round } from '../../spec/format.ts';
const cell = (lo: any, hi: any, format: any) => ({ value: round(new Decimal(typeof lo === 'number' ? exactly(lo) : lo), format), signed: false, lo, hi, digits: 0 });
test('x', () => {
  const two = (k: number) => new Decimal(exactly(2 ** k));
  for (const f of formats) {
    const min = 2 ** (2 - f.emax - f.precision);
    console.log(f.name, 'r=0 got min', judge(min, cell(0, 0, f), f), '2min', judge(2 * min, cell(0, 0, f), f), '4min', judge(4 * min, cell(0, 0, f), f));
    const max = (2 - 2 ** (1 - f.precision)) * 2 ** f.emax;
    console.log(f.name, 'r=max got inf', judge(Infinity, cell(max, max, f), f));
    const n = 2 ** (1 - f.emax);
    console.log(f.name, 'flush at normal', judge(0, cell(n, n, f), f, { ...strict, flushes: true }));
  }
  console.log(judge(-1 + 8 * 2 ** -24, { value: -1, signed: true, lo: -1, hi: -1 + 2 ** -53, digits: 0 }, float32));
  console.log(judge(1 - 8 * 2 ** -24, { value: 1, signed: true, lo: 1 - 2 ** -53, hi: 1, digits: 0 }, float32));
});
