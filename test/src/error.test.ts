/**
 * The error of every kernel, proved over its whole range, is below the radius of the rounding test.
 */
import { describe, expect, test } from 'vitest';
import { leakyReluKernels } from '../../src/activations/leaky-relu.ts';
import { siluKernels } from '../../src/activations/silu.ts';
import { softplusConstants, softplusKernels, softplusOf } from '../../src/activations/softplus.ts';
import { parameter } from '../../src/kernel/bound.ts';
import type { Claim } from '../../src/kernel/error.ts';
import { approximate, constant, Expression, input } from '../../src/kernel/expression.ts';
import { FAST, type Kernel, kernelOf, type Numbers, PRECISE } from '../../src/kernel/kernel.ts';
import { numberFunction } from '../../src/kernel/number.ts';
import { worstError } from '../../src/kernel/worst-error.ts';
import { tail } from '../../src/losses/binary-cross-entropy-with-logits.ts';
import { exp, growth } from '../../src/math/exp.ts';
import { expRow, LINE } from '../../src/math/exp-row.ts';
import { expm1 } from '../../src/math/expm1.ts';
import { log, logOfComplement } from '../../src/math/log.ts';
import { log1p, log1pUnit } from '../../src/math/log1p.ts';
import { inputsOf, kernelCases, LARGE } from './kernel-cases.ts';
import { patterns } from './patterns.ts';

type Range = readonly [lo: number, hi: number];

const TINY = 2 ** -149;
const around = (reach: number): readonly Range[] => [
  [-reach, -TINY],
  [TINY, reach],
];

const functions: readonly (readonly [Kernel, readonly Range[]])[] = [
  [kernelOf('exp', (x, precise) => exp(x, precise)), around(250)],
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
    kernelOf('log', (x, precise) => log(x, precise)),
    [
      [TINY, 1 - 2 ** -24],
      [1 + 2 ** -23, LARGE],
    ],
  ],
];

/** v(1 ± ε) is rounded too, by at most 2⁻⁵³. */
const room = (radius: number): number => radius - 2 ** -53;

const bound = (
  root: Expression,
  x: Expression,
  ranges: readonly Range[],
  radius: number,
  more: { scale?: Expression | undefined; parameters?: Claim['inputs'] } = {},
): number => {
  const options = { target: radius === 0 ? 0 : room(radius), ...more };
  return Math.max(...ranges.map((range) => worstError(root, x, range, options).relative));
};

const given = (kernel: Kernel, numbers: Numbers): Claim['inputs'] =>
  inputsOf(kernel, numbers).map(([e, value]) => [e, parameter(value)]);

/** Of both formulas of a kernel. */
function boundOfKernel(
  kernel: Kernel,
  which: 'fast' | 'precise',
  ranges: readonly Range[],
  numbers: Numbers = [],
  radius = which === 'fast' ? FAST : PRECISE,
): number {
  const more = { scale: kernel.scale?.[which], parameters: given(kernel, numbers) };
  return bound(kernel[which], kernel.x, ranges, radius, more);
}

const operators = kernelCases.map(({ name, kernel, numbers, range: [lo, hi] }) => ({
  ...{ name, kernel, numbers },
  ranges: [
    [lo, -TINY],
    [TINY, hi],
  ] as const,
}));

describe.each(operators.filter(({ kernel, numbers }) => !kernel.isExact(numbers)))(
  '$name',
  (of) => {
    const { kernel, numbers, ranges } = of;
    test('fast errs less than the radius of its test', () => {
      expect(boundOfKernel(kernel, 'fast', ranges, numbers)).toBeLessThan(room(FAST));
    });
    test('precise errs less than the radius of its test', () => {
      expect(boundOfKernel(kernel, 'precise', ranges, numbers)).toBeLessThan(room(PRECISE));
    });
  },
);

describe.each(operators.filter(({ kernel, numbers }) => kernel.isExact(numbers)))('$name', (of) => {
  test('is computed without any error', () => {
    expect(boundOfKernel(of.kernel, 'fast', of.ranges, of.numbers, 0)).toBe(0);
  });
});

test('a slope that is not short is no exact product', () => {
  const { value } = leakyReluKernels;
  expect(value.isExact([0.1, -Infinity])).toBe(false);
  expect(boundOfKernel(value, 'fast', [[-1, -0.5]], [0.1, -Infinity], 0)).toBeGreaterThan(0);
});

describe.each(functions.map(([kernel, ranges]) => ({ kernel, ranges })))('$kernel.name', (of) => {
  const { kernel, ranges } = of;
  test('fast errs less than the radius of its test, and is seen to err less than proved', () => {
    const proved = boundOfKernel(kernel, 'fast', ranges);
    expect(proved).toBeLessThan(room(FAST));
    const observed = largestDifference(kernel, ranges.at(-1)!);
    expect(observed).toBeGreaterThan(2 ** -56);
    expect(observed).toBeLessThan(proved + PRECISE);
  });
  test('precise errs less than the radius of its test', () => {
    expect(boundOfKernel(kernel, 'precise', ranges)).toBeLessThan(room(PRECISE));
  });
});

describe('softplus with any beta', () => {
  const kernels = Object.entries(softplusKernels.scaled);
  test.each(kernels)('%s, where beta is an interval', (_, { x, parameters, precise }) => {
    const [lo, hi] = [1.25, 1.25 + 2 ** -12];
    const values = [
      ...[parameter(lo, hi, -52), parameter(lo, hi, -28), parameter(-(2 ** -29), 2 ** -29, -53)],
      ...[parameter(20), parameter(Infinity)],
    ];
    const more = {
      parameters: ['beta', 'high', 'low', 'reach', 'last'].flatMap((name, i) =>
        parameters.filter((e) => e.name === name).map((e) => [e, values[i]!] as const),
      ),
    };
    expect(bound(precise, x, around(20), PRECISE, more)).toBeLessThan(room(PRECISE));
  });
  test.each(kernels)('%s: one product instead of two is noticed', (_, kernel) => {
    const beta = 0.3;
    const constants = softplusConstants({ beta, threshold: Infinity });
    const rounded = kernelOf(
      'one product',
      (x, precise, p: Readonly<Record<'beta', Expression>>) =>
        exp(x.abs().min(constants.reach).neg().times(p.beta), precise),
      { parameters: ['beta'] },
    );
    expect(boundOfKernel(rounded, 'precise', around(249 / beta), [beta])).toBeGreaterThan(PRECISE);
    const numbers = kernel.parameters.map(({ name }) => constants[name as 'beta']);
    expect(boundOfKernel(kernel, 'precise', around(1), numbers)).toBeLessThan(room(PRECISE));
  });
});

describe('a root', () => {
  const formula = (x: Expression) => x.times(x).plus(4).sqrt();
  const x = input('x');
  test('errs by half of what is under it, and its own rounding', () => {
    const proved = bound(formula(x), x, around(LARGE), 2 ** -51);
    expect(proved).toBeLessThan(2 ** -51);
    expect(bound(x.times(x).plus(4), x, around(LARGE), 2 ** -51)).toBeGreaterThan(2 ** -53);
  });
  test('of what is off by 2⁻⁴⁰ is noticed', () => {
    const off = constant(1, 2 ** -40)
      .times(x)
      .sqrt();
    expect(bound(off, x, [[TINY, LARGE]], PRECISE)).toBeGreaterThan(2 ** -42);
  });
});

describe('a scale', () => {
  const x = input('x');
  const p = exp(x, true);
  const difference = p.minus(1);
  const range: Range = [2 ** -20, 1];
  test('forgives what cancels, and no more', () => {
    const scale = p.plus(1);
    expect(worstError(difference, x, range, { effort: 300 }).relative).toBeGreaterThan(FAST);
    expect(bound(difference, x, [range], PRECISE, { scale })).toBeLessThan(room(PRECISE));
  });
  test('that is too small is noticed', () => {
    expect(bound(difference, x, [range], PRECISE, { scale: x.times(2 ** -9) })).toBeGreaterThan(
      PRECISE,
    );
  });
  test('with a term that is wrong in its 8th digit is noticed', () => {
    const { x: variable, precise, scale } = siluKernels.plain.slope;
    const wrong = planted(precise, 0.49999999999999767, 0.49999999999999767 * (1 + 1e-8));
    const more = { scale: scale!.precise };
    expect(bound(precise, variable, around(5), PRECISE, more)).toBeLessThan(room(PRECISE));
    expect(bound(wrong, variable, around(5), PRECISE, more)).toBeGreaterThan(PRECISE);
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
