/**
 * How kernels are rounded where it is hardest: at ties. That all of them are is in
 * elementwise.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { leakyReluKernels } from '../../src/activations/leaky-relu.ts';
import { siluKernels } from '../../src/activations/silu.ts';
import { longValue } from '../../src/kernel/double.ts';
import { constant, type Expression, input } from '../../src/kernel/expression.ts';
import { cancelling, kernelOf } from '../../src/kernel/kernel.ts';
import { exactly, roundedFunction } from '../../src/kernel/one.ts';
import { rationalValue } from '../../src/kernel/rational.ts';
import { readings } from '../../src/kernel/reading.ts';
import { roundFraction, roundSum } from '../../src/kernel/round.ts';
import { fastest, readAs } from '../../src/kernel/rounded.ts';
import { mpfr, nearest, read } from '../spec/mpfr.ts';
import { LARGE } from './kernel-cases.ts';

const FLOAT32 = { precision: 24, emax: 127 };

test('in pairs of doubles the sign of a zero is a sign', () => {
  const x = input('x');
  const signOf = (zero: number) => longValue(constant(1).withSignOf(x), [[x, zero]]).pair[0];
  expect([signOf(0), signOf(-0)]).toEqual([1, -1]);
});

describe('beside ties of subnormals', () => {
  // x/2 for all x below 2⁻¹²⁵, and on which side of it silu is.
  const x = new Float32Array(Uint32Array.from({ length: 2 ** 24 }, (_, i) => i).buffer);
  const unit = 2 ** -149;
  const wrong = (y: Float32Array, due: (n: number) => number): number =>
    y.findIndex((v, n) => !Object.is(v, due(n) * unit));
  test('silu rounds up above 0', () => {
    const y = new Float32Array(x.length);
    fastest(siluKernels.plain.value)(x, y);
    expect(wrong(y, (n) => Math.ceil(n / 2))).toBe(-1);
    expect(wrong(y, (n) => Math.floor(n / 2))).toBe(1);
  });
  test('silu rounds toward 0 below it', () => {
    const y = new Float32Array(x.length);
    fastest(siluKernels.plain.value)(
      x.map((v) => -v),
      y,
    );
    expect(wrong(y, (n) => -Math.floor(n / 2))).toBe(-1);
  });
});

describe('roundSum', () => {
  const tie = 1 + 2 ** -24;
  test.each([
    [tie, 0, 1],
    [tie, 1e-300, 1 + 2 ** -23],
    [tie, -1e-300, 1],
    [-tie, 1e-300, -1],
    [-tie, -1e-300, -1 - 2 ** -23],
    [3 * 2 ** -150, -1e-300, 2 ** -149],
    [3 * 2 ** -150, 1e-300, 2 ** -148],
    [2 ** -150, 1e-300, 2 ** -149],
    [-(2 ** -150), 1e-300, -0],
    [LARGE + 2 ** 103, -1, LARGE],
    [LARGE + 2 ** 103, 1, Infinity],
    [-LARGE - 2 ** 103, 1, -LARGE],
    [2 ** 130, -1, Infinity],
  ])('%d and a little: %d', (high, low, due) => {
    expect(roundSum(high, low)).toBe(due);
  });
});

describe('fractions', () => {
  test.each([
    [1n, 3n, 1],
    [-(2n ** 24n) - 1n, 2n ** 24n, 1],
    [2n ** 24n + 3n, 2n ** 24n, 1],
    [3n, 2n, 2 ** -149],
    [1n, 2n ** 140n, 2 ** -10],
    [1n, 2n ** 2000n, 1],
    [10n ** 60n, 7n, 1],
    [0n, 7n, 3],
    [2n ** 25n - 1n, 2n, 2 ** 104],
  ] as const)('%d/%d times %d rounds as MPFR has it', (n, d, factor) => {
    const fraction = [n, d] as const;
    const due = mpfr(3000, () =>
      nearest(
        read(String(n))
          .div(read(String(d)))
          .times(factor),
        FLOAT32,
      ),
    );
    expect(roundFraction(fraction, factor)).toBe(due);
  });
  const at = (formula: (x: Expression) => Expression, value: number) => {
    const { x, precise } = kernelOf('f', formula);
    const found = rationalValue(precise, [[x, value]]);
    return found && Number(found[0]) / Number(found[1]);
  };
  test('of every operation', () => {
    expect(at((x) => x.plus(3).max(0).min(6).times(x).div(6).neg(), 1.5)).toBe(-1.125);
    expect(at((x) => x.minus(1).abs().withSignOf(x), -2)).toBe(-3);
    expect(at((x) => x.ifLess(Infinity, x, 0), 2)).toBe(2);
    expect(at((x) => x.max(-Infinity).min(Infinity), 2)).toBe(2);
  });
  test('at a border, also an infinite one, the number is not below it', () => {
    expect(at((x) => x.ifLess(2, 5, 7), 2)).toBe(7);
    expect(at((x) => constant(Infinity).ifLess(Infinity, 5, x), 2)).toBe(2);
  });
  test('only of the branch that is taken, and of nothing with functions', () => {
    expect(at((x) => x.ifLess(0, x.sqrt(), x), 2)).toBe(2);
    expect(at((x) => x.ifLess(3, x.sqrt(), x), 2)).toBeUndefined();
    expect(at((x) => x.div(0), 2)).toBeUndefined();
    expect(at((x) => x.times(constant(1, 2 ** -70)), 2)).toBeUndefined();
  });
  test('decide a tie that pairs of doubles cannot', () => {
    // (1 + 2⁻²⁴)·3/3, whose third is no pair of doubles.
    const third = kernelOf('third', (x) =>
      x
        .times(1 + 2 ** -24)
        .div(3)
        .times(3),
    );
    expect(exactly(third, 1)).toBe(1);
    expect(exactly(third, 1 + 2 ** -23)).toBe(Math.fround((1 + 2 ** -23) * (1 + 2 ** -24)));
  });
});

describe('what is computed without error is rounded at once', () => {
  test('a product with 0.75, and times a cotangent', () => {
    const ties = leakyReluKernels.value;
    const x = -(1 + 2 ** -22 + 2 ** -23);
    expect(exactly(ties, x, 1, [0.75, -Infinity])).toBe(Math.fround(0.75 * x));
    expect(exactly(leakyReluKernels.slope, -1, x, [0.75])).toBe(Math.fround(0.75 * x));
  });
  test('a root of a square', () => {
    const root = kernelOf('root', (x) =>
      x
        .times(x)
        .sqrt()
        .times(1 + 2 ** -24),
    );
    expect(exactly(root, 1)).toBe(1);
    expect(exactly(root, 3)).toBe(Math.fround(3 * (1 + 2 ** -24)));
  });
});

describe('a scale', () => {
  // (1 + x) − 1 where the first 1 is a hair more than that: cancels to what float64 has lost.
  const hair = 2 ** -60;
  const kernel = (scaled: boolean) =>
    kernelOf('hair', (x) => {
      const p = x.times(0).plus(1).times(constant(1, hair));
      return scaled ? cancelling(p, constant(-1)) : p.minus(1);
    });
  test('leads to what can be told, in all readings', () => {
    for (const reading of readings) {
      const y = new Float32Array(4);
      const run = readAs(kernel(true), reading);
      run?.(Float32Array.of(1, 2, 3, 4), y);
      if (run) expect([...y]).toEqual([hair, hair, hair, hair]);
    }
  });
  test('is missed where it is missing', () => {
    expect(roundedFunction(kernel(false))([])(1)).toBe(0);
  });
});
