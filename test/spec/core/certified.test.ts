/** What settles and what does not, asked of the oracle's parts. */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { interval } from '../../../spec/arithmetic/decimal-ends.ts';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import { Interval } from '../../../spec/arithmetic/interval.ts';
import { float32 } from '../../../spec/format.ts';
import { mseLoss } from '../../../spec/index.ts';
import type { Op } from '../../../spec/op.ts';
import { enclose } from '../../../spec/oracle/enclose.ts';
import { isLikelyZero, settled } from '../../../spec/oracle/fast.ts';
import { certify, gradient, toFormat } from '../../../spec/oracle/index.ts';
import { real } from '../../../spec/real.ts';
import { tensor } from '../../../spec/tensor.ts';

const near = (lo: number, hi: number) => new Interval<number>(floats, lo, hi);
const between = (lo: string | number, hi: string | number) =>
  new Interval<Decimal>(interval(30), new Decimal(lo), new Decimal(hi));
const point = (x: string | number): Interval<Decimal> => {
  const end = new Decimal(x);
  return new Interval<Decimal>(interval(30), end, end);
};

describe('what ends at 0', () => {
  test('has a sign, in float64', () => {
    expect(settled(near(-(2 ** -200), 0), float32)).toMatchObject({ value: -0, signed: true });
    expect(settled(near(0, 2 ** -200), float32)).toMatchObject({ value: 0, signed: true });
    expect(settled(near(-(2 ** -200), 2 ** -200), float32)).toBe(undefined);
  });
  test('and in decimals', () => {
    const settle = toFormat(float32);
    expect(settle(between('-1e-60', 0), 30)).toMatchObject({ value: -0, signed: true });
    expect(settle(point('0'), 30)).toMatchObject({ value: 0, signed: false });
    expect(settle(point('-0'), 30)).toMatchObject({ value: -0, signed: true });
  });
  test('NaN settles', () => {
    expect(toFormat(float32)(point(NaN), 30)).toMatchObject({ value: NaN });
  });
});

test('what is wide around 0 is likely to be 0', () => {
  const wide: readonly (readonly [number, number, boolean])[] = [
    ...([
      [-1e-10, 1e-10, true],
      [-1e-10, 1e-9, true],
    ] as const),
    ...([
      [0, 1e-10, false],
      [-1e-10, 0, false],
      [1e-10, 2e-10, false],
    ] as const),
    ...([
      [-1e-30, 1e-30, false],
      [-(2 ** -91), 2 ** -91, false],
    ] as const),
  ];
  for (const [lo, hi, due] of wide) expect(isLikelyZero(near(lo, hi)), `${lo} ${hi}`).toBe(due);
});

describe('digits', () => {
  test('are tried up to a bound, this included', () => {
    const tried: number[] = [];
    const never = (_: unknown, digits: number) => {
      tried.push(digits);
      return undefined;
    };
    expect(() => enclose('it', () => [real(1)], never, { upTo: 60 })).toThrow('it: 60 digits');
    expect(tried).toEqual([30, 60]);
  });
  test('are added until the last element has settled', () => {
    const settle = (y: { readonly lo: Decimal }, digits: number) =>
      y.lo.eq(1) || digits >= 60 ? digits : undefined;
    expect(enclose('it', () => [real(1), real(2)], settle)).toEqual([30, 60]);
  });
  const hiddenTie = () => [
    real(2)
      .sqrt()
      .squared()
      .minus(1)
      .plus(2 ** -24),
  ];
  test('of what float64 leaves open are bounded, too', () => {
    expect(() => certify('it', float32, false, hiddenTie, { upTo: 60 })).toThrow('it: 60 digits');
  });
  test('asked for from the start leave float64 out', () => {
    expect(certify('it', float32, false, () => [real(1)], { from: 60 })[0]!.digits).toBe(60);
    expect(certify('it', float32, false, () => [real(1)])[0]!.digits).toBe(0);
  });
});

describe('a gradient that is stated', () => {
  const sevens = (derivative: object): Op =>
    ({ ...mseLoss, stated: ['input'], derivative }) as unknown as Op;
  const input = tensor([2], [1, 2]);
  const slopes = (op: Op, reduction: string, cotangent?: readonly number[]) =>
    gradient(
      op,
      { input, target: tensor([2], [0, 0]) },
      { reduction },
      cotangent
        ? { wrt: 'input', cotangent: tensor(reduction === 'none' ? [2] : [], cotangent) }
        : {},
    ).cells.map(({ value, signed }) => [value, signed]);
  const stated = sevens({ input: () => [[real(4), real(3)]] });
  test('is what it says, whatever the slope of the formula', () => {
    expect(slopes(stated, 'sum')).toEqual([
      [7, false],
      [7, false],
    ]);
    expect(slopes({ ...stated, stated: ['target'] } as Op, 'sum')).toEqual([
      [2, false],
      [4, false],
    ]);
  });
  test('is multiplied by the cotangent', () => {
    expect(slopes(stated, 'sum', [2])).toEqual([
      [14, false],
      [14, false],
    ]);
    expect(slopes(stated, 'none', [1, 3])).toEqual([
      [7, false],
      [21, false],
    ]);
  });
  test('a zero has no sign', () => {
    expect(slopes(sevens({ input: () => [[real(0)]] }), 'sum')).toEqual([
      [0, false],
      [0, false],
    ]);
  });
  test('of which nothing is said is 0', () => {
    expect(slopes(sevens({}), 'sum')).toEqual([
      [0, false],
      [0, false],
    ]);
  });
});
