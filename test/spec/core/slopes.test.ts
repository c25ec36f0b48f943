/** Derivatives at their edges: what is exact stays exact, what is deep needs no stack. */
import type { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { decimal } from '../../../spec/arithmetic/decimal.ts';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import { type Dual, dual, pullBack } from '../../../spec/arithmetic/dual.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { pi } from '../../../spec/functions.ts';
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
/** Whether y lies strictly above x, as far as its ends tell, or is x. */
const place = (y: Real, x: number): string => {
  const { lo, hi } = y as Interval<Decimal>;
  if (lo.eq(x) && hi.eq(x)) return 'at';
  return lo.lt(x) ? 'from below' : lo.eq(x) ? 'just above' : 'above';
};

test('sixths and thirds add up to exactly a half', () => {
  expect(
    place(
      slope(interval(30), 1, (x) => [x.div(6), x.div(3)]),
      0.5,
    ),
  ).toBe('at');
});
test('beside an open denominator exact ones are kept', () => {
  // e^−200 + 1/3 + 2/3, which is above 1 however few the digits are.
  const parts: readonly ((x: Real) => Real)[] = [
    (x) => x.div(real(200).exp()),
    (x) => x.div(3),
    (x) => x.times(2).div(3),
  ];
  for (const order of [
    [0, 1, 2],
    [1, 0, 2],
    [1, 2, 0],
  ]) {
    const y = slope(interval(30), 1, (x) => order.map((i) => parts[i]!(x)));
    expect(place(y, 1)).toBe('just above');
  }
});
test('what is infinitely far below adds nothing', () => {
  for (const results of [
    (x: Real) => [x.div(Infinity), x.div(4)],
    (x: Real) => [x.div(4), x.div(Infinity)],
  ])
    expect(place(slope(interval(30), 1, results), 0.25)).toBe('at');
});
test.each<[string, number, (x: Real) => Real, number]>([
  ['log', 4, (x) => x.log(), 0.25],
  ['log1p', 3, (x) => x.log1p(), 0.25],
  ['exp', 0, (x) => x.exp(), 1],
  ['expm1', 0, (x) => x.expm1(), 1],
  ['√', 4, (x) => x.sqrt(), 0.25],
  ['a quotient', 2, (x) => real(2).div(x), -0.5],
  ['a difference', 2, (x) => real(2).minus(x), -1],
])('the slope of %s at %d', (_, at, f, due) => {
  expect(
    place(
      slope(interval(30), at, (x) => [f(x)]),
      due,
    ),
  ).toBe('at');
});
test.each<[string, number, (x: Real) => Real, string]>([
  ['log', 2, (x) => x.log(), '0.69314718'],
  ['log1p', 1, (x) => x.log1p(), '0.69314718'],
  ['exp', 1, (x) => x.exp(), '2.71828182'],
  ['expm1', 1, (x) => x.expm1(), '1.71828182'],
  ['√', 2, (x) => x.sqrt(), '1.41421356'],
])('the value of %s at %d', (_, at, f, due) => {
  const y = reading(dual(interval(30)), () => f(real(at))) as Dual;
  const { lo } = reading(interval(30), () => y.value) as Interval<Decimal>;
  expect(lo.toFixed(8)).toBe(due);
});
test('π has digits, and no slope', () => {
  const y = slope(interval(30), 1, (x) => [x.times(pi()), pi()]) as Interval<Decimal>;
  expect(y.lo.toFixed(8)).toBe('3.14159265');
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
