/**
 * The error of every kernel, proved over its whole range, is below the radius of the rounding test.
 */
import { describe, expect, test } from 'vitest';
import { logsigmoidKernels } from '../../src/activations/logsigmoid.ts';
import { sigmoidKernels } from '../../src/activations/sigmoid.ts';
import {
  SCALED,
  scaledKernels,
  softplusKernels,
  softplusOf,
} from '../../src/activations/softplus.ts';
import { tanhKernels } from '../../src/activations/tanh.ts';
import { approximate, Expression, input } from '../../src/kernel/expression.ts';
import { FAST, type Kernel, kernelOf, PRECISE } from '../../src/kernel/kernel.ts';
import { numberFunction } from '../../src/kernel/number.ts';
import { worstError } from '../../src/kernel/worst-error.ts';
import { tail } from '../../src/losses/binary-cross-entropy-with-logits.ts';
import { exp, growth } from '../../src/math/exp.ts';
import { expRow, LINE } from '../../src/math/exp-row.ts';
import { expm1 } from '../../src/math/expm1.ts';
import { log, logOfComplement } from '../../src/math/log.ts';
import { log1p, log1pUnit } from '../../src/math/log1p.ts';
import { patterns } from './patterns.ts';

type Range = readonly [lo: number, hi: number];

const TINY = 2 ** -149;
const LARGE = (2 - 2 ** -23) * 2 ** 127;
const around = (reach: number): readonly Range[] => [
  [-reach, -TINY],
  [TINY, reach],
];

/**
 * Up to the clamps. Beyond them a result is saturated: it rounds like its limit, whatever the clamp
 * makes of it. Slopes are proved as far because of cotangents, which may be large.
 */
const operators: readonly (readonly [Kernel, readonly Range[]])[] = [
  [sigmoidKernels.value, around(250)],
  [sigmoidKernels.slope, around(250)],
  [tanhKernels.value, around(22)],
  [tanhKernels.slope, around(125)],
  [softplusKernels.value, around(250)],
  [logsigmoidKernels.value, around(250)],
  [logsigmoidKernels.slope, around(250)],
];

const functions: readonly (readonly [Kernel, readonly Range[]])[] = [
  [kernelOf('exp', exp), around(250)],
  [kernelOf('expm1', expm1), around(104)],
  [kernelOf('log1p', log1p), [[TINY, LARGE]]],
  [
    kernelOf('log1p near 0', log1pUnit),
    [
      [-0.5, -TINY],
      [TINY, 1],
    ],
  ],
  [
    kernelOf('log of 1 − x', logOfComplement),
    [
      [0.5, 1 - 2 ** -24],
      [TINY, 0.5 - 2 ** -25],
    ],
  ],
  // At 1 the result is 0 and has no relative error: it is exact, which log.test.ts checks.
  [
    kernelOf('log', log),
    [
      [TINY, 1 - 2 ** -24],
      [1 + 2 ** -23, LARGE],
    ],
  ],
];

/** v(1 ± ε) is rounded too, by at most 2⁻⁵³. */
const room = (radius: number): number => radius - 2 ** -53;

const bound = (root: Expression, x: Expression, ranges: readonly Range[], radius: number): number =>
  Math.max(...ranges.map((range) => worstError(root, x, range, { target: room(radius) }).relative));

const cases = [...operators, ...functions].map(([kernel, ranges]) => ({ kernel, ranges }));

describe.each(cases)('$kernel.name', ({ kernel, ranges }) => {
  test('fast errs less than the radius of its test, and is seen to err less than proved', () => {
    const proved = bound(kernel.fast, kernel.x, ranges, FAST);
    expect(proved).toBeLessThan(room(FAST));
    const observed = largestDifference(kernel, ranges.at(-1)!);
    expect(observed).toBeGreaterThan(2 ** -56);
    expect(observed).toBeLessThan(proved + PRECISE);
  });
  test('precise errs less than the radius of its test', () => {
    expect(bound(kernel.precise, kernel.x, ranges, PRECISE)).toBeLessThan(room(PRECISE));
  });
});

describe.each([2 ** -20, 0.3, 1.7, 7.5, 2 ** 20])('softplus with beta = %d', (beta) => {
  const ranges = around(250 / beta);
  test.each(Object.entries(scaledKernels(beta)))('%s', (_, { x, precise }) => {
    expect(bound(precise, x, ranges, SCALED)).toBeLessThan(room(SCALED));
  });
});

/** Between fast and precise, as JavaScript. */
function largestDifference(kernel: Kernel, [lo, hi]: Range): number {
  const fast = numberFunction(kernel.fast, kernel.x)!;
  const precise = numberFunction(kernel.precise, kernel.x)!;
  const inside = patterns(104_729).filter((x) => x >= lo && x <= hi);
  expect(inside.length).toBeGreaterThan(1000);
  return inside.reduce((worst, x) => Math.max(worst, Math.abs(fast(x) / precise(x) - 1)), 0);
}

describe('what binary cross-entropy is made of', () => {
  const x = input('x');
  test.each(Object.entries(tail(x)))('%s errs less than 2⁻⁴²', (_, formula) => {
    expect(bound(formula, x, around(400), FAST)).toBeLessThan(FAST);
  });
});

/** Proved of exp-row.ts. */
const ROW = 2 ** -31.9;

describe('the exponential of rows', () => {
  const x = input('x');
  const proved = (root: Expression): number => bound(root, x, [[-700, -TINY]], ROW);
  test('errs less than 2⁻³¹·⁹', () => {
    expect(proved(expRow(x))).toBeLessThan(ROW);
  });
  test('is 1 at 0, and nothing below −700', () => {
    const exp = numberFunction(expRow(x), x)!;
    expect([exp(0), exp(-0), Math.fround(exp(-1e30))]).toEqual([1, 1, 0]);
  });
  test('a coefficient that is wrong in its 8th digit is noticed', () => {
    const [slope, bend] = LINE;
    expect(proved(expRow(x, [slope * (1 + 2e-7), bend]))).toBeGreaterThan(ROW);
  });
});

/** The kernel with one of its constants changed. */
function planted(root: Expression, from: number, to: number): Expression {
  const known = new Map<Expression, Expression>();
  const copy = (e: Expression): Expression => {
    const found = known.get(e);
    if (found) return found;
    const changed = e.kind === 'constant' && e.value === from ? { ...e, value: to } : e;
    const fresh = e.kind === 'input' ? e : new Expression(e.kind, e.of.map(copy), changed);
    if (e.kind !== 'input') Object.assign(fresh, { of: e.of.map(copy) });
    known.set(e, fresh);
    return fresh;
  };
  return copy(root);
}

describe('a planted error is noticed', () => {
  test.each([
    ['log1p', log1p, 2],
    ['log1p', log1p, 0.6666666666666613],
    ['softplus', softplusOf, 0.6666666666666613],
    ['expm1', expm1, 0.5000000000000006],
  ] as const)('in %s, a coefficient wrong in its 12th digit', (_, formula, coefficient) => {
    const x = input('x');
    const wrong = planted(formula(x, true), coefficient, coefficient * (1 + 5e-12));
    expect(bound(formula(x, true), x, [[TINY, 20]], PRECISE)).toBeLessThan(room(PRECISE));
    expect(bound(wrong, x, [[TINY, 20]], PRECISE)).toBeGreaterThan(room(PRECISE));
  });
  const COEFFICIENTS = [
    0.9999999999999964, 0.49999999999999767, 0.16666668197041898, 0.041666670494023506,
  ];
  const boundOf = (coefficients: readonly number[]): number => {
    const x = input('x');
    const r = approximate(growth, coefficients, x.within(-0.00135, 0.00135), 'Horner');
    return worstError(r, x, [2 ** -30, 0.0013], { effort: 100 }).relative;
  };
  test('a coefficient that is wrong by 2⁻³⁶', () => {
    const right = boundOf(COEFFICIENTS);
    const wrong = boundOf(COEFFICIENTS.with(1, COEFFICIENTS[1]! + 2 ** -36));
    expect(wrong).toBeGreaterThan(2 ** -47);
    expect(wrong).toBeGreaterThan(right * 2);
  });
  test('a term that is missing', () => {
    expect(boundOf(COEFFICIENTS.slice(0, 3))).toBeGreaterThan(PRECISE);
  });
  test('a sum that cancels', () => {
    const x = input('x');
    const naive = exp(x, true).minus(1);
    expect(worstError(naive, x, [2 ** -20, 1], { effort: 300 }).relative).toBeGreaterThan(FAST);
  });
});
