/** The functions that formulas are made of: where they bend, where a zero silences, and how many digits they keep. */
import type { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import { type Dual, dual, pullBack } from '../../../spec/arithmetic/dual.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { erfc } from '../../../spec/erfc.ts';
import {
  abs,
  isAt,
  isSilenced,
  isTop,
  largest,
  log,
  magnitude,
  type Real,
  scaled,
  weigh,
  weighted,
} from '../../../spec/functions.ts';
import { reading, real } from '../../../spec/real.ts';

const value = (f: () => Real): number => (reading(floats, f) as Interval<number>).lo + 0;
const says = (f: () => boolean): boolean => reading(floats, f);

/** The slope of f at x. */
function slope(f: (x: Real) => Real, at: number): number {
  const [y, x] = reading(dual(floats), () => {
    const x = real(at);
    return [f(x), x];
  }) as unknown as [Dual, Dual];
  return value(() => pullBack([y], [real(1)], [x], real(1))[0]!);
}

test('the slope of |x| at 0 is 1, and that of a magnitude 0', () => {
  expect([-2, 0, 2].map((x) => slope(abs, x))).toEqual([-1, 1, 1]);
  expect([-2, 0, 2].map((x) => slope(magnitude, x))).toEqual([-1, 0, 1]);
  expect(value(() => magnitude(real(NaN)))).toBeNaN();
  expect(slope(magnitude, NaN)).toBeNaN();
});

describe('questions', () => {
  test('+∞ is the top', () => {
    const xs = [Infinity, -Infinity, 1, 0, NaN];
    expect(xs.map((x) => says(() => isTop(real(x))))).toEqual([true, false, false, false, false]);
  });
  test('a number is at itself', () => {
    expect(says(() => isAt(real(2), 2))).toBe(true);
    expect(says(() => isAt(real(2), 3))).toBe(false);
  });
  test('0 silences ±∞ and nothing else', () => {
    const pairs = [
      [0, Infinity],
      [0, -Infinity],
      [0, 1],
      [0, NaN],
      [1, Infinity],
    ] as const;
    const answers = pairs.map(([a, x]) => says(() => isSilenced(real(a), real(x))));
    expect(answers).toEqual([true, true, false, false, false]);
  });
});

describe('products', () => {
  const of = (f: (a: Real, x: Real) => Real, a: number, x: number) =>
    value(() => f(real(a), real(x)));
  test.each([
    ['scaled', scaled],
    ['weighted', weighted],
    ['weigh', (w: Real, x: Real) => weigh(w, x, (x) => x)],
  ] as const)('%s: 0 silences an infinite number, but not NaN', (_, f) => {
    expect(of(f, 0, Infinity)).toBe(0);
    expect(of(f, 0, -Infinity)).toBe(0);
    expect(of(f, 2, Infinity)).toBe(Infinity);
    expect(of(f, 2, 3)).toBe(6);
    expect(of(f, 0, NaN)).toBeNaN();
  });
  test('a weight of 0 silences an infinite slope', () => {
    expect(slope((x) => weigh(real(0), x, log), 0)).toBe(0);
  });
});

test('the largest of none is −∞', () => {
  expect(value(() => largest([]))).toBe(-Infinity);
});

describe('erfc', () => {
  const at = (x: number, digits: number) =>
    reading(interval(digits), () => erfc(real(x))) as Interval<Decimal>;
  const places = [
    ...[1, 2, 6, 100].map((x) => [x, 2e-27] as const),
    // The series goes on for three digits more than are asked for, or much of them would be its rest.
    [0.1, 5e-29] as const,
    [0.7, 8e-28] as const,
    // So far out it takes the fewest steps.
    [30, 2e-24] as const,
  ];
  test.each(places)('of %s: more digits lie within fewer, and few are lost', (x, width) => {
    const [few, many] = [at(x, 30), at(x, 120)];
    expect(few.lo.lt(many.lo) && many.hi.lt(few.hi)).toBe(true);
    expect(few.hi.minus(few.lo).div(few.lo).toNumber()).toBeLessThan(width);
  });
});
