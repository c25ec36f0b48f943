/** Smooth activations: numbers to look up, minima and distances certified, and what is refused. */
import { describe, expect, test } from 'vitest';
import { LAMBDA, LAMBDA_ALPHA } from '../../spec/activations/selu.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import { float32, float64 } from '../../spec/format.ts';
import {
  celu,
  elu,
  exponential,
  gelu,
  mish,
  selu,
  silu,
  softCap,
  tanh,
  tanhshrink,
} from '../../spec/index.ts';
import type { Elementwise } from '../../spec/op.ts';
import { enclose } from '../../spec/oracle/enclose.ts';
import { evaluate, gradient, toDecimals } from '../../spec/oracle/index.ts';
import { read, settle } from '../../spec/param.ts';
import { type Real, reading, real } from '../../spec/real.ts';
import { tensor } from '../../spec/tensor.ts';
import { compareGradients, compareValues, nothing } from './textbook/compare.ts';

const at = (op: Elementwise, x: number, settings: object = {}, format = float64): number =>
  evaluate(op, { input: tensor([], [x], 'f64') }, settings, format).cells[0]!.value;
const slopeAt = (op: Elementwise, x: number, settings: object = {}): number =>
  gradient(op, { input: tensor([], [x], 'f64') }, settings, { format: float64 }).cells[0]!.value;

const LARGEST = 2 ** 128 - 2 ** 104;

// Minima -----------------------------------------------------------------------------------------

const DIGITS = 60;
const sign = (formula: () => Real): number => reading(interval(DIGITS), () => formula().sign());

/**
 * The place where a formula changes its sign, as two decimals that differ by 1 in place 25. Every
 * sign on the way is certified.
 */
function change(formula: (x: Real) => Real, from: number): readonly [below: bigint, above: bigint] {
  const signAt = (n: bigint) => sign(() => formula(decimal(n)));
  const UNIT = 10n ** BigInt(PLACES);
  let [below, above] = [BigInt(from) * UNIT, (BigInt(from) + 1n) * UNIT];
  const [first, last] = [signAt(below), signAt(above)];
  expect(first * last).toBe(-1);
  while (above - below > 1n) {
    const middle = (below + above) / 2n;
    if (signAt(middle) === first) below = middle;
    else above = middle;
  }
  return [below, above];
}
const PLACES = 25;
const decimal = (n: bigint): Real => real(`${n}e-${PLACES}`);

const formulasOf = (op: Elementwise, given: object) => {
  const p = () => read(op.params, settle(op, given as never));
  return { f: (x: Real) => op.f(x, p()), df: (x: Real) => op.df(x, p()) };
};
const digitsOf = (formula: () => Real, places: number): string =>
  enclose('it', () => [formula()], toDecimals(places))[0]!;

describe('what is not monotone has one minimum', () => {
  const minima = [
    ['gelu', gelu, { approximate: 'none' }, '-0.75179152469356445746', '-0.16997120747990366169'],
    [
      'gelu tanh',
      gelu,
      { approximate: 'tanh' },
      '-0.75246142207101625849',
      '-0.17004075057125405064',
    ],
    ['silu', silu, {}, '-1.2784645427610737951', '-0.27846454276107379511'],
    [
      'silu, α = 1.702',
      silu,
      { alpha: 1.702 },
      '-0.75115425544128897011',
      '-0.16361018963635358524',
    ],
    ['mish', mish, {}, '-1.1924312145154952121', '-0.30884341301725040663'],
  ] as const;
  test.each(minima)('%s: place and value to 20 digits', (_, op, settings, place, value) => {
    const { f, df } = formulasOf(op, settings);
    const [below, above] = change(df, -2 + Number(Number(place) > -1));
    const [low, high] = [below, above].map((n) => digitsOf(() => decimal(n), 20));
    expect([low, high]).toEqual([place, place]);
    expect(sign(() => df(decimal(below)))).toBe(-1);
    // Within 1e−25 of the minimum the value differs from it by less than 1e−50.
    expect(digitsOf(() => f(decimal(below)), 20)).toBe(value);
    const [least] = op.range(settle(op, settings as never) as never);
    expect(least).toBeLessThan(Number(value));
    expect(least).toBeGreaterThan(Number(value) - 2e-7);
    expect(op.isIncreasing(settle(op, settings as never) as never)).toBe(false);
  });
  test('silu at its minimum is 1 + its place', () => {
    const { f, df } = formulasOf(silu, {});
    const [below] = change(df, -2);
    expect(digitsOf(() => f(decimal(below)), 20)).toBe(digitsOf(() => decimal(below).plus(1), 20));
  });
  test('a place that is not it is found wrong', () => {
    expect(() => change(formulasOf(silu, {}).df, -4)).toThrow();
  });
});

// The two forms of gelu --------------------------------------------------------------------------

describe('the two forms of gelu', () => {
  const none = formulasOf(gelu, {});
  const like = formulasOf(gelu, { approximate: 'tanh' });
  const apart = (x: Real): Real => like.f(x).minus(none.f(x));
  const slope = (x: Real): Real => like.df(x).minus(none.df(x));

  test('are farthest apart at ±2.69894, by 0.000473236', () => {
    const [below] = change(slope, -3);
    expect(digitsOf(() => decimal(below), 6)).toBe('-2.69894');
    expect(digitsOf(() => apart(decimal(below)), 6)).toBe('0.000473236');
    expect(digitsOf(() => apart(decimal(-below)), 6)).toBe('0.000473236');
  });
  test('are nowhere farther apart on a grid of 1/8', () => {
    for (let i = -64; i <= 64; i++)
      expect(
        sign(() =>
          apart(real(i / 8))
            .squared()
            .minus(real('0.000473236').squared()),
        ),
      ).toBe(-1);
  });
  test('cross: tanh is below around ±1.36, and above beyond ±2', () => {
    expect([-1.375, 1.375, -2.75, 2.75].map((x) => sign(() => apart(real(x))))).toEqual([
      -1, -1, 1, 1,
    ]);
  });
});

// Numbers ----------------------------------------------------------------------------------------

describe('numbers that people can look up', () => {
  test('gelu, silu, mish', () => {
    expect(at(gelu, 1)).toBe(0.8413447460685429);
    expect(at(gelu, 1, { approximate: 'tanh' })).toBe(0.8411919906082767);
    expect(at(gelu, -9)).toBe(-1.0157295653584566e-18);
    expect(slopeAt(gelu, Math.SQRT2)).toBe(1.1289041451851547);
    expect(at(silu, 1)).toBe(0.7310585786300049);
    expect(at(silu, -89, {}, float32)).toBe(Math.fround(-1.98235356999821e-37));
    expect(at(silu, 1, { alpha: 1.702 })).toBe(0.8457957659328212);
    expect(at(mish, 1)).toBe(0.8650983882673103);
    expect(slopeAt(mish, 0)).toBe(0.6);
  });
  test('the elu family', () => {
    expect(at(elu, -1)).toBe(-0.6321205588285577);
    expect(at(elu, -1e-20)).toBe(-1e-20);
    expect(at(elu, -1, { alpha: -2 })).toBe(1.2642411176571153);
    expect(at(elu, -Infinity, { alpha: -2 })).toBe(2);
    expect(at(elu, -Infinity, { alpha: 0 })).toBe(-0);
    expect(slopeAt(elu, 0, { alpha: 0 })).toBe(0);
    expect([-0, 0, 1].map((x) => slopeAt(elu, x, { alpha: 3 }))).toEqual([3, 3, 1]);
    expect(at(selu, 1)).toBe(1.0507009873554805);
    expect(at(selu, -1)).toBe(-1.1113307378125628);
    expect(at(selu, -Infinity)).toBe(-1.7580993408473768);
    expect([-0, 0, 1].map((x) => slopeAt(selu, x))).toEqual([
      1.7580993408473768, 1.7580993408473768, 1.0507009873554805,
    ]);
    expect(at(celu, -1, { alpha: 2 })).toBe(-0.7869386805747332);
    expect(slopeAt(celu, 0, { alpha: 2 })).toBe(1);
  });
  test('λα of selu is the product of both decimals, exactly', () => {
    const digits = (x: string) => BigInt(x.replace('.', ''));
    expect(digits(LAMBDA) * digits('1.6732632423543772848')).toBe(digits(LAMBDA_ALPHA));
  });
  test('celu with an α that is never drawn, against MPFR', () => {
    const input = tensor([9], [-1e-40, -1e-8, -0.25, -1, -3.5, -20, -88, -104, 2]);
    const tally = nothing();
    for (const alpha of [2 ** -20, 1e-3, 0.1, 100, 1e5, 2 ** 20])
      for (const format of [float32, float64]) {
        compareValues(celu, { tensors: { input }, settings: { alpha } }, format, tally);
        compareGradients(celu, { tensors: { input }, settings: { alpha } }, format, tally);
      }
    expect(tally).toMatchObject({ refused: 0, ties: 0 });
    expect(tally.compared).toBeGreaterThan(9 * 6 * 2);
  });
  test('tanhshrink near 0, and where x − 1 is a tie', () => {
    expect(at(tanhshrink, 2 ** -10)).toBe(3.104407397814159e-10);
    expect(at(tanhshrink, 1)).toBe(0.23840584404423512);
    expect(at(tanhshrink, 2 ** 24 + 2, {}, float32)).toBe(2 ** 24 + 2);
    expect(at(tanhshrink, -(2 ** 24) - 4, {}, float32)).toBe(-(2 ** 24) - 4);
    expect(Object.is(at(tanhshrink, -0), -0)).toBe(true);
  });
  test('tanhshrink is the same on both sides of where the series ends', () => {
    const [inside, outside] = [1 - 2 ** -53, 1].map((x) => at(tanhshrink, x));
    expect(outside! - inside!).toBeLessThan(2 ** -52);
    expect(outside!).toBeGreaterThanOrEqual(inside!);
  });
  test('soft-cap', () => {
    expect(at(softCap, 30)).toBe(22.847824678672946);
    expect(at(softCap, 0.5, { cap: 1 })).toBe(at(tanh, 0.5));
    expect([-Infinity, Infinity].map((x) => at(softCap, x, { cap: 50 }))).toEqual([-50, 50]);
  });
});

describe('e^x overflows where it should', () => {
  test.each([
    [float32, 88.72283172607422, 88.72283935546875, LARGEST],
    [float64, 709.782712893384, 709.7827128933841, Number.MAX_VALUE],
  ])('$name', (format, last, first, most) => {
    expect(at(exponential, last, {}, format)).toBeLessThanOrEqual(most);
    expect(at(exponential, first, {}, format)).toBe(Infinity);
    for (const x of [1e4, 1e5, most]) expect(at(exponential, x, {}, format)).toBe(Infinity);
    for (const x of [-1e4, -1e5, -most]) expect(at(exponential, x, {}, format)).toBe(0);
  });
  test('and 1, e and 1 / e are what they are', () => {
    expect([-1, 0, 1].map((x) => at(exponential, x))).toEqual([0.36787944117144233, 1, Math.E]);
  });
});

describe('refusals', () => {
  const input = tensor([], [1]);
  test.each([
    [celu, { alpha: 0 }, `celu: alpha = 0 should be a number from ${2 ** -20} to ${2 ** 20}`],
    [celu, { alpha: -1 }, `celu: alpha = -1 should be a number from ${2 ** -20} to ${2 ** 20}`],
    [
      elu,
      { alpha: Infinity },
      `elu: alpha = Infinity should be a number from -${2 ** 20} to ${2 ** 20}`,
    ],
    [elu, { alpha: NaN }, `elu: alpha = NaN should be a number from -${2 ** 20} to ${2 ** 20}`],
    [softCap, { cap: 0 }, `soft-cap: cap = 0 should be a number from ${2 ** -20} to ${2 ** 20}`],
    [silu, { alpha: -1 }, `silu: alpha = -1 should be a number from ${2 ** -20} to ${2 ** 20}`],
    [gelu, { approximate: 'erf' }, "gelu: approximate = 'erf' should be one of none, tanh"],
  ] as const)('%o', (op, settings, message) => {
    expect(() => evaluate(op as never, { input }, settings)).toThrow(new RangeError(message));
  });
  test('parameters that the frameworks lack', () => {
    expect(() => evaluate(selu as never, { input }, { alpha: 1 })).toThrow(TypeError);
  });
});
