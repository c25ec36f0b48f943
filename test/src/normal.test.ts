/** The normal distribution, the error function and the gates of gelu: proved, and seen. */
import { describe, expect, test } from 'vitest';
import { approximately, exact, exp, ONE, pairOf, pi, sqrt } from '../../src/kernel/fixed.ts';
import { FAST, type Kernel, kernelOf, PRECISE } from '../../src/kernel/kernel.ts';
import { fixed, type LocalSeries, register, strideOf, table } from '../../src/kernel/local.ts';
import { numberFunction } from '../../src/kernel/number.ts';
import { worstError } from '../../src/kernel/worst-error.ts';
import { everywhere } from '../../src/math/gate.ts';
import { gateSeries } from '../../src/math/gelu-tanh.ts';
import { density, erf, erfc, normal, normalSeries } from '../../src/math/normal.ts';
import { mpfr, pi as piOf, read } from '../spec/mpfr.ts';
import { density as densityOf, normal as normalOf, type Real } from './kernel-cases.ts';
import { allSeries, distanceAt } from './local-series.ts';
import { patterns, random } from './patterns.ts';

const TINY = 2 ** -149;
type Range = readonly [lo: number, hi: number];

interface Case {
  readonly kernel: Kernel;
  readonly is: Real;
  readonly range: Range;
}
const cases: readonly Case[] = [
  { kernel: kernelOf('Φ', normal), is: normalOf, range: [-15, 6] },
  { kernel: kernelOf('φ', (x, precise) => density(x, precise)), is: densityOf, range: [-20, 20] },
  { kernel: kernelOf('erf', erf), is: (v) => v.erf(), range: [-5, 5] },
  { kernel: kernelOf('erfc', erfc), is: (v) => v.erfc(), range: [-5, 10.5] },
];

/** v(1 ± ε) is rounded too, by at most 2⁻⁵³. */
const room = (radius: number): number => radius - 2 ** -53;

function bound({ kernel, range: [lo, hi] }: Omit<Case, 'is'>, which: 'fast' | 'precise'): number {
  const target = room(which === 'fast' ? FAST : PRECISE);
  const ranges: readonly Range[] = [
    [lo, -TINY],
    [TINY, hi],
  ];
  const bounds = ranges.map((range) => worstError(kernel[which], kernel.x, range, { target }));
  return Math.max(...bounds.map(({ relative }) => relative));
}

/** float32 of the range: patterns, and numbers of no special size. */
function inside([lo, hi]: Range): readonly number[] {
  const next = random(11);
  const even = Array.from({ length: 4000 }, () => Math.fround(lo + (hi - lo) * next()));
  return [...even, ...patterns(1_000_003)].filter((x) => x >= lo && x <= hi && x !== 0);
}

function observed({ kernel, is, range }: Case, which: 'fast' | 'precise'): number {
  const f = numberFunction(kernel[which], kernel.x)!;
  const error = (x: number): number =>
    mpfr(300, () => {
      const due = is(read(x));
      return read(f(x)).minus(due).div(due).abs().toNumber();
    });
  return inside(range).reduce((worst, x) => Math.max(worst, error(x)), 0);
}

describe.each(cases.map((of) => ({ ...of, name: of.kernel.name })))('$name', (of) => {
  test.each(['fast', 'precise'] as const)(
    '%s errs less than proved, and than its radius',
    (which) => {
      const proved = bound(of, which);
      const seen = observed(of, which);
      expect(proved).toBeLessThan(room(which === 'fast' ? FAST : PRECISE));
      expect(seen).toBeLessThan(proved);
      expect(seen).toBeGreaterThan(2 ** -56);
    },
  );
});

test('beyond their ranges functions keep their values, and NaN is NaN', () => {
  const at = (formula: typeof erf, x: number) => {
    const { precise, x: variable } = kernelOf('', formula);
    return Math.fround(numberFunction(precise, variable)!(x));
  };
  expect([-Infinity, Infinity, NaN, -0].map((x) => at(erf, x))).toEqual([-1, 1, NaN, -0]);
  expect([-Infinity, Infinity, NaN, 0].map((x) => at(erfc, x))).toEqual([2, 0, NaN, 1]);
  expect([-Infinity, Infinity, NaN, 0].map((x) => at(normal, x))).toEqual([0, 1, NaN, 0.5]);
  expect([-Infinity, Infinity, NaN].map((x) => at(density, x))).toEqual([0, 0, NaN]);
});

describe('a planted error is noticed', () => {
  /** The same series under another name, and the coefficient of hⁿ at a centre times 1 + e. */
  function planted(series: LocalSeries, name: string, at: number, n: number, e: number): Kernel {
    const changed = { ...series, name };
    register(changed);
    for (const degree of series.degrees) {
      table(name, degree)[(at - series.from) * strideOf(degree) + n]! *= 1 + e;
    }
    return kernelOf(name, (variable, precise) => everywhere(changed, variable, precise));
  }
  const range: Range = [-3, -2.5];
  const at = -2.75 * normalSeries.steps;

  test.each([0, 1])('a coefficient in its 12th digit, of h to the power %d', (n) => {
    const [right, wrong] = [0, 5e-12].map((e) =>
      worstOf(planted(normalSeries, `planted${n}${e > 0}`, at, n, e), range),
    );
    expect(right).toBeLessThan(room(PRECISE));
    expect(wrong).toBeGreaterThan(room(PRECISE));
  });
  const worstOf = ({ precise, x }: Kernel, [lo, hi]: Range): number =>
    worstError(precise, x, [lo, hi], { target: room(PRECISE) }).relative;

  test('a series that is another function', () => {
    const wrong = normalSeries.coefficients(at, 32, fixed).with(2, 0n);
    expect(distanceAt(normalSeries, at, 1 / 128)).toBeLessThan(2 ** -140);
    expect(distanceAt(normalSeries, at, 1 / 128, wrong)).toBeGreaterThan(2 ** -140);
  });
});

describe('tables', () => {
  test.each(allSeries.map((series) => ({ series, name: series.name })))(
    'of $name hold what truth rounds to, or nearly',
    ({ series }) => {
      const { from, to, degrees } = series;
      const [, degree] = degrees;
      register(series);
      const values = table(series.name, degree);
      for (let k = from; k <= to; k += 37) {
        const due = approximately(series.coefficients(k, 1, fixed)[0]!);
        const got = values[(k - from) * strideOf(degree)]!;
        const size = Math.abs(approximately(series.coefficients(k, 2, fixed)[1]!)) + Math.abs(due);
        expect(Math.abs(got - due)).toBeLessThan(size * 2 ** -50);
      }
    },
  );
  test('of the tanh gate end where it is 0 and 1', () => {
    const { from, to } = gateSeries;
    const [first, last] = [from, to].map((k) => gateSeries.coefficients(k, 1, fixed)[0]!);
    expect(approximately(first!)).toBeLessThan(2 ** -160);
    expect(approximately(ONE - last!)).toBeLessThan(2 ** -35);
  });
});

describe('fixed-point numbers', () => {
  const error = (got: bigint, due: () => ReturnType<typeof read>): number =>
    mpfr(600, () => {
      const real = read(String(got))
        .div(2 ** 256)
        .div(2 ** 256);
      return real.div(due()).minus(1).abs().toNumber();
    });
  test('π, roots and powers are true to 2⁻⁴⁹⁰', () => {
    expect(error(pi(), () => piOf())).toBeLessThan(2 ** -490);
    expect(error(sqrt(2n * ONE), () => read(2).sqrt())).toBeLessThan(2 ** -490);
    expect(error(exp(ONE / 3n), () => read(1).div(3).exp())).toBeLessThan(2 ** -490);
    expect(error(exp(5n * ONE), () => read(5).exp())).toBeLessThan(2 ** -490);
  });
  test('become float64 and pairs, and come back', () => {
    for (const x of [1, -0.3, 1e-40, 2 ** -300 * 0.7]) expect(approximately(exact(x))).toBe(x);
    const third = ONE / 3n;
    const [high, low] = pairOf(third);
    expect(high).toBe(1 / 3);
    expect(error(exact(high) + exact(low), () => read(1).div(3))).toBeLessThan(2 ** -105);
  });
});
