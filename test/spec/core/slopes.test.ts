/** Derivatives at their edges: what is exact stays exact, what is deep needs no stack. */
import type { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { decimal } from '../../../spec/arithmetic/decimal.ts';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import { type Dual, dual, pullBack } from '../../../spec/arithmetic/dual.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { type Arithmetic, type Real, reading, real } from '../../../spec/real.ts';

/** d(Σ results)/dx at `at`. */
function slope(over: Arithmetic, at: number, results: (x: Real) => readonly Real[]): Real {
  const [x, ys] = reading(dual(over), () => {
    const x = real(at);
    return [x, results(x)];
  }) as unknown as [Dual, readonly Dual[]];
  return reading(over, () => {
    const ones = ys.map(() => real(1));
    return pullBack(ys, ones, [x], real(1))[0]!;
  });
}
const ends = (y: Real): readonly number[] => {
  const { lo, hi } = y as Interval<Decimal>;
  return [Number(lo), Number(hi)];
};

test('sixths and thirds add up to exactly a half', () => {
  expect(ends(slope(interval(30), 1, (x) => [x.div(6), x.div(3)]))).toEqual([0.5, 0.5]);
});
test('beside an open denominator an exact one is kept', () => {
  const huge = () => real(200).exp();
  // 1 + e^−200, which is above 1 however few the digits are.
  for (const results of [
    (x: Real) => [x.div(huge()), x.div(1)],
    (x: Real) => [x.div(1), x.div(huge())],
    (x: Real) => [x.div(huge()), x.div(3).times(3)],
    (x: Real) => [x.div(3).times(3), x.div(huge())],
  ]) {
    const { lo, hi } = slope(interval(30), 1, results) as Interval<Decimal>;
    expect([lo.eq(1), hi.gt(1)]).toEqual([true, true]);
  }
});
test('two infinite slopes add up to an infinite one', () => {
  for (const over of [decimal(30), interval(30), floats]) {
    const y = slope(over, 0, (x) => [x.sqrt(), x.times(4).sqrt()]);
    expect([y.isFinite(), reading(over, () => y.sign())]).toEqual([false, 1]);
  }
});
test('a sum of very many terms is no deeper than the stack', () => {
  const sum = (x: Real) => {
    let total = x;
    for (let i = 1; i < 20_000; i++) total = total.plus(x);
    return total;
  };
  const y = reading(dual(floats), () => sum(real(3))) as Dual;
  expect(reading(floats, () => (y.value as Interval<number>).lo)).toBe(60_000);
});
test('an enclosure has no slope', () => {
  expect(() => reading(dual(floats), () => real(1).between(real(2)))).toThrow('has no slope');
});
