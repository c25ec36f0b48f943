/** Enclosures at their borders: what stays as narrow as it can be, keeps its sign, or is not guessed. */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../spec/arithmetic/decimal.ts';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import { type Enclosing, enclosing, type Interval } from '../../../spec/arithmetic/interval.ts';
import { attempt } from '../../../spec/oracle/enclose.ts';
import { type Real, reading, real, Undecided } from '../../../spec/real.ts';

type End = Decimal | number;
const readings: readonly (readonly [string, Enclosing<never>])[] = [
  ['30 digits', interval(30)],
  ['float64', floats],
] as never;
const ends = (over: Enclosing<never>, f: () => Real): readonly [End, End] => {
  const { lo, hi } = reading(over, f) as Interval<End>;
  return [lo, hi];
};
/** (0, a number that no format has) */
const tiny = () => real(-20000).exp();
/** Exactly 0, which no number of digits shows. */
const hiddenZero = () => real(2).sqrt().squared().minus(2);

describe.each(readings)('%s', (_, over) => {
  const sign = (f: () => Real): number => reading(over, () => f().sign());
  test('signs of what begins at 0', () => {
    expect(sign(() => tiny().neg().times(tiny().neg()))).toBe(1);
    expect(sign(() => tiny().log1p())).toBe(1);
    expect(sign(() => tiny().neg().log1p())).toBe(-1);
    expect(sign(() => tiny().expm1())).toBe(1);
    expect(sign(() => real(-1000).expm1())).toBe(-1);
    expect(sign(() => real(2 ** -1074).expm1())).toBe(1);
    expect(sign(() => real(2 ** -1074).log1p())).toBe(1);
    expect(sign(() => real(-(2 ** -1074)).log1p())).toBe(-1);
    expect(sign(() => real(1e-200).times(1e-200))).toBe(1);
    expect(sign(() => real(1e-200).times(-1e-200))).toBe(-1);
    expect(sign(() => real(-1e-200).div(1e200))).toBe(-1);
  });
  test('the logarithm of what reaches 0 is not guessed', () => {
    expect(() => reading(over, () => tiny().log())).toThrow(Undecided);
    expect(() => reading(over, () => real(-20000).expm1().log1p())).toThrow(Undecided);
  });
  test('NaN beside a number of unknown sign is NaN', () => {
    for (const f of [() => hiddenZero().times(NaN), () => real(NaN).times(hiddenZero())])
      expect(sign(f)).toBeNaN();
  });
  test('between two numbers lies what lies between their ends', () => {
    for (const f of [() => real(1).between(real(2)), () => real(2).between(real(1))])
      expect(ends(over, f).map(Number)).toEqual([1, 2]);
  });
  test('ends that have crossed are noticed', () => {
    const { ends } = over;
    const crossed = enclosing({ ...ends, down: ends.up, up: ends.down });
    expect(() => reading(crossed, () => real(1).div(3))).toThrow('crossed');
  });
});

describe('float64', () => {
  test('an end that lies on its side already is kept', () => {
    expect(ends(floats as never, () => real(1).plus(2 ** -60))[0]).toBe(1);
    expect(ends(floats as never, () => real(1).minus(2 ** -60))[1]).toBe(1);
  });
  test('the logarithm of 1 is 0, and of 2 is not', () => {
    expect(ends(floats as never, () => real(1).log())).toEqual([0, 0]);
    const [lo, hi] = ends(floats as never, () => real(2).log()).map(Number) as [number, number];
    expect([lo < Math.LN2 + 1e-15, lo > 0.69, lo < hi]).toEqual([true, true, true]);
  });
  test('a root that is rounded to a float32 is not exact', () => {
    const [lo, hi] = ends(floats as never, () => real(1 + 2 ** -52).sqrt());
    expect(lo).toBeLessThan(1);
    expect(hi).toBeGreaterThan(1);
  });
  test('at the borders there are answers still', () => {
    for (const f of [() => real(700).exp(), () => real(700).expm1(), () => real(2 ** -960).log()])
      expect(attempt(floats, f)).toBeDefined();
    expect(ends(floats as never, () => real(-700).exp())[0]).toBeGreaterThan(0);
  });
});

describe('decimals', () => {
  test.each([
    ['expm1 of 10^−20', () => real('1e-20').expm1()],
    ['log1p of 10^−40', () => real('1e-40').log1p()],
  ] as const)('keep their digits: %s', (_, f) => {
    const [lo, hi] = ends(interval(30) as never, f) as [Decimal, Decimal];
    expect(hi.minus(lo).div(lo).toNumber()).toBeLessThan(1e-15);
    expect(lo.gt(0)).toBe(true);
  });
  test('a number too small for float64 has a sign beside ∞', () => {
    expect(ends(interval(30) as never, () => real('1e-4000').times(Infinity)).map(Number)).toEqual([
      Infinity,
      Infinity,
    ]);
  });
});

describe('plain digits', () => {
  const plain = decimal(30);
  const value = (f: () => Real): string =>
    String((reading(plain, f) as unknown as { x: Decimal }).x);
  test('of what has no rounding', () => {
    expect(value(() => real(2).neg())).toBe('-2');
    expect(value(() => real(1).between(real(2)))).toBe('1.5');
    expect(
      value(() =>
        real('0.1').through(
          (x) => x.plus(real(1)),
          (x) => x,
        ),
      ),
    ).toBe('1.1');
    expect(value(() => reading(plain, () => plain.pi()))).toBe('3.14159265358979323846264338328');
  });
  test('know their signs, and what is finite', () => {
    const signs = [-3, 0, -0, 2].map((x) => reading(plain, () => real(x).sign()));
    expect(signs.map(Number)).toEqual([-1, 0, 0, 1]);
    expect([1, Infinity, NaN].map((x) => reading(plain, () => real(x).isFinite()))).toEqual([
      ...[true, false, false],
    ]);
  });
  test('less and greater are not equal', () => {
    const pairs = [
      [1, 2],
      [1, 1],
      [2, 1],
    ] as const;
    expect(pairs.map(([x, y]) => reading(plain, () => real(x).lt(y)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(pairs.map(([x, y]) => reading(plain, () => real(x).gt(y)))).toEqual([
      false,
      false,
      true,
    ]);
  });
  test('do not mix with another reading', () => {
    const stray = reading(interval(30), () => real(2));
    expect(() => reading(plain, () => real(1).plus(stray))).toThrow(TypeError);
    expect(new Decimal(2).eq(2)).toBe(true);
  });
});
