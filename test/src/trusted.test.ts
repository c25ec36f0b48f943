/** What is trusted rather than proven, item by item, against MPFR. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { remainder } from '../../src/activations/tanhshrink.ts';
import { logsigmoid, sigmoid as sigmoidOf, softplus as softplusOf, tanh } from '../../src/index.ts';
import { NEAR, type Rule, ruleOf, SMALL } from '../../src/kernel/beside-zero.ts';
import { doubleDouble } from '../../src/kernel/double.ts';
import { constant, type Expression, input, local } from '../../src/kernel/expression.ts';
import { EXACT } from '../../src/kernel/one.ts';
import { rowFunction } from '../../src/kernel/rows/javascript.ts';
import { type RowKernel, sum } from '../../src/kernel/rows/language.ts';
import type { Series } from '../../src/kernel/series.ts';
import { twoTo256th, twoTo256thUnits } from '../../src/kernel/table.ts';
import { type TrustedName, trusted } from '../../src/kernel/trusted.ts';
import { elementwiseKernels } from '../../src/kernels.ts';
import { tail } from '../../src/losses/binary-cross-entropy-with-logits.ts';
import { exp, growth } from '../../src/math/exp.ts';
import { expRow } from '../../src/math/exp-row.ts';
import { expm1 } from '../../src/math/expm1.ts';
import { LITTLE } from '../../src/math/just-below.ts';
import { log, logOfComplement } from '../../src/math/log.ts';
import { artanhTwice as artanhTwiceOf, log1p, log1pUnit } from '../../src/math/log1p.ts';
import { normalSeries } from '../../src/math/normal.ts';
import { type Float, mpfr, nearest, read } from '../spec/mpfr.ts';
import { same } from '../spec/textbook/compare.ts';
import {
  caseOf,
  extremeCases,
  inputsOf,
  type KernelCase,
  kernelCases,
  LARGE,
  TINY,
} from './kernel-cases.ts';
import { allSeries, largestDistance } from './local-series.ts';
import { truth } from './mpfr.ts';
import { random } from './patterns.ts';
import { BITS, functions, ln2, partsOf, type Real, realValue } from './real-reading.ts';

const x = input('x');
const COUNT = 2000;
type Is = KernelCase['is'];

// Points ------------------------------------------------------------------------------------------

type Range = readonly [lo: number, hi: number];

/** The ends, half of the others by value and half by size; float64, or rounded to float32. */
function points([lo, hi]: Range, isFloat32 = false, count = COUNT): readonly number[] {
  const next = random(17);
  const sizes = Math.log2(Math.max(Math.abs(lo), Math.abs(hi)));
  const bySize = () => (next() < 0.5 ? -1 : 1) * 2 ** (sizes - next() ** 2 * (149 + sizes));
  const drawn = Array.from({ length: 3 * count }, (_, i) =>
    i % 2 ? lo + (hi - lo) * (next() + next() * 2 ** -32) : bySize(),
  );
  const shaped = isFloat32 ? drawn.map(Math.fround) : drawn;
  const inside = shaped.filter((at) => at >= lo && at <= hi && at !== 0).slice(0, count);
  expect(inside.length).toBe(count);
  return [lo, hi, ...inside];
}

/** Where the integer that is chosen jumps: the halfway points between steps, and beside them. */
function jumps(step: number, [lo, hi]: Range): readonly number[] {
  const next = random(5);
  const first = Math.ceil(lo / step);
  const last = Math.floor(hi / step) - 1;
  const ks = [first, last, -1, 0, 1].concat(
    Array.from({ length: COUNT }, () => first + Math.floor(next() * (last - first))),
  );
  const beside = [0, -(2 ** -52), 2 ** -52, -(2 ** -50), 2 ** -50];
  return ks
    .flatMap((k) => beside.map((e) => (k + 0.5) * step * (1 + e)))
    .filter((at) => at >= lo && at <= hi);
}

// Distances ---------------------------------------------------------------------------------------

function relative(got: Float, due: Float): number {
  if (due.sign() === 0) return got.sign() === 0 ? 0 : Infinity;
  return got.minus(due).div(due).abs().toNumber();
}
const worstOf = (at: readonly number[], error: (x: number) => number): number =>
  at.reduce(
    (worst, x) =>
      Math.max(
        worst,
        mpfr(BITS, () => error(x)),
      ),
    0,
  );

/** Constants are rounded to some 2⁻¹⁰⁰ of the result; pairs of doubles rely on no more than this. */
const EQUAL = EXACT;

function equal(formula: Expression, is: Real, at: readonly number[]): void {
  expect(
    worstOf(at, (point) => relative(realValue(formula, x, point), is(read(point)))),
  ).toBeLessThan(EQUAL);
}
const both = (formula: (x: Expression, precise: boolean) => Expression) => [
  formula(x, true),
  formula(x, false),
];

// Rows --------------------------------------------------------------------------------------------

/** Logits, and weights of the classes. */
function rowOf(next: () => number) {
  const n = 2 + Math.floor(next() * 6);
  const size = 2 ** (next() * 10 - 4);
  const draw = () => (next() - 0.5) * size;
  const [logits, a] = [Array.from({ length: n }, draw), Array.from({ length: n }, next)];
  return { logits, a, m: logits.reduce((p, q) => Math.max(p, q)), i: Math.floor(next() * n) };
}
const total = (list: readonly Float[]): Float => list.reduce((p, q) => p.plus(q), read(0));
const without = <T>(list: readonly T[], i: number): readonly T[] => list.filter((_, k) => k !== i);
const eachRow = (error: (row: ReturnType<typeof rowOf>) => number): number => {
  const next = random(3);
  return worstOf(
    Array.from({ length: COUNT }, (_, i) => i),
    () => error(rowOf(next)),
  );
};
const powersOf = ({ logits, m }: ReturnType<typeof rowOf>): readonly Float[] =>
  logits.map((logit) => read(logit).minus(m).exp());

// The items ---------------------------------------------------------------------------------------

const EXP: Range = [-707, 707];
const ROW: Range = [-700, 0];
const STEP = Math.LN2 / 256;
const UNIT: Range = [2 ** -1000, 1 - 2 ** -53];
const POSITIVE: Range = [2 ** -1000, 2 ** 1000];

/** Beside powers of two and √2 times them, where k jumps. */
const mantissaJumps = [-1000, -64, -1, 0, 1, 53, 54, 900].flatMap((k) =>
  [1, Math.fround(Math.SQRT2), Math.SQRT2]
    .map((m) => m * 2 ** k)
    .flatMap((at) => [at * (1 - 2 ** -53), at, at * (1 + 2 ** -52)]),
);
const above1 = mantissaJumps.filter((at) => at !== 1);

function ranged(formula: Expression, at: readonly number[]): void {
  const declared = [...partsOf(formula)].filter((e) => e.kind === 'within');
  expect(declared).toHaveLength(1);
  const { of, range } = declared[0]!;
  const [lo, hi] = range!;
  const outside = at.filter((point) =>
    mpfr(BITS, () => {
      const value = realValue(of[0]!, x, point);
      return value.lt(lo) || read(hi).lt(value);
    }),
  );
  expect(outside).toEqual([]);
  // The range is no wider than what occurs, but for a little.
  const largest = worstOf(at, (point) => realValue(of[0]!, x, point).abs().toNumber());
  expect(largest).toBeGreaterThan(hi * 0.999);
}

function isOfSeries(series: Series, to: number): void {
  const units = Array.from({ length: 42 }, (_, i) => series.coefficient(i));
  expect(units.every((c, i) => c >= 0n && (i === 0 || c <= units[i - 1]!))).toBe(true);
  const sumAt = (at: number): Float =>
    units.reduceRight((s, c) => s.times(at).plus(read(String(c)).div(2 ** 200)), read(0));
  const at = points([series.from === 0 ? 2 ** -60 : -to, to], false, 200);
  const error = (point: number) => relative(sumAt(point), functions[series.name]!(read(point)));
  // What 42 terms leave out, and what a coefficient in units of 2⁻²⁰⁰ does.
  expect(worstOf(at, error)).toBeLessThan(2 ** -110);
}

const seriesOf = (formula: Expression): readonly Series[] =>
  [...partsOf(formula)].flatMap((e) => (e.series ? [e.series] : []));

/** Float32 of all sizes, half of them where functions bend. */
function everywhere(count: number): readonly number[] {
  const next = random(29);
  return Array.from({ length: count }, (_, i) => {
    const size = i % 2 ? next() * 277 - 149 : next() * 20 - 10;
    return Math.fround((i % 4 < 2 ? -1 : 1) * 2 ** size);
  });
}

/** Enough for 1 − tanh² and its like, which textbooks have, of what is beyond all clamps. */
const TEXTBOOK = 1000;
const FLOAT32 = { precision: 24, emax: 127 };
/** 1, or with some luck what shows that a slope is not its limit. */
const factors = [1, LARGE, -1 / 3, 2 ** 100 + 2 ** 77, 3 * TINY, TINY].map(Math.fround);

/** Whether a formula is what the textbook has, or rounds like it where it has been replaced. */
function isTextbook(one: KernelCase, formula: Expression, at: number): boolean {
  let isReplaced = false;
  const { kernel, numbers, isSlope } = one;
  const given = inputsOf(kernel, numbers);
  const got = realValue(formula, kernel.x, at, given, () => {
    isReplaced = true;
  });
  const due = one.is(at);
  if (relative(got, due) < EQUAL) return true;
  const rounds = (y: Float, factor: number) => nearest(y.times(factor), FLOAT32);
  return (
    isReplaced &&
    factors.slice(0, isSlope ? undefined : 1).every((u) => same(rounds(got, u), rounds(due, u)))
  );
}
const firstStrange = (one: KernelCase, formula: Expression, at: readonly number[]) =>
  at.find((point) => !mpfr(TEXTBOOK, () => isTextbook(one, formula, point)));

/** Of a kernel read as pairs of doubles, relative to its scale. */
function errorOfPairs({ kernel, numbers }: KernelCase, formula = kernel.precise): number {
  const { precise, x: variable, scale } = kernel;
  const given = inputsOf(kernel, numbers);
  return worstOf(everywhere(PAIRS), (point) => {
    const [high, low] = doubleDouble(formula, variable, point, given);
    const due = realValue(precise, variable, point, given);
    const error = read(high).plus(low).minus(due);
    if (error.sign() === 0) return 0;
    const size = scale ? realValue(scale.precise, variable, point, given) : due;
    return error.div(size).abs().toNumber();
  });
}
const PAIRS = 100;

const someSum = sum(x);
const summing: RowKernel = {
  name: 'sum',
  inputs: [x],
  results: {},
  rowResults: { total: someSum },
  usual: someSum,
};

/** In units of 2⁻⁵³ of the sum. */
function errorOfSum(row: Float32Array): number {
  const [got, usual] = [new Float64Array(1), new Float64Array(1)];
  rowFunction(summing, 'either')!(1, row.length, row, got, usual);
  const due = () => row.reduce((s, v) => s.plus(v), read(0));
  return mpfr(BITS, () => relative(read(got[0]!), due())) * 2 ** 53;
}

/** Whether f(x) is on the side of c·xⁿ that the rule says, and there as near as it says. */
function isBeside({ c, n, direction }: Rule, is: Is, at: number): boolean {
  // Next to 0 a function differs from its line by 2⁻³⁰⁰ of it.
  const d = mpfr(1000, () => {
    const line = read(c).times(n ? at : 1);
    return is(at).minus(line).div(line).toNumber();
  });
  return Math.sign(d) === direction && (Math.abs(at) > SMALL || Math.abs(d) < 2 ** -60);
}

const checks: { readonly [name in TrustedName]: () => void } = {
  'eˣ by steps'() {
    for (const formula of both(exp)) equal(formula, (v) => v.exp(), points(EXP));
    for (const formula of both(exp)) equal(formula, (v) => v.exp(), jumps(STEP, EXP));
  },
  'eˣ by steps, for rows'() {
    equal(expRow(x), (v) => v.exp(), [...points(ROW), ...jumps(STEP, ROW)]);
  },
  'eˣ − 1'() {
    const at = [...points(EXP), ...jumps(STEP, EXP), ...jumps(Math.LN2, EXP)];
    for (const formula of both(expm1)) equal(formula, (v) => v.expm1(), at);
  },
  'ln x'() {
    const at = [...points(POSITIVE), ...points([0.5, 2]), ...above1];
    for (const formula of both(log)) equal(formula, (v) => v.log(), at);
  },
  'ln(1 − x)'() {
    const at = [...points(UNIT), 0.5 - 2 ** -54, 0.5, 1 - Math.SQRT1_2];
    for (const formula of both(logOfComplement)) equal(formula, (v) => v.neg().log1p(), at);
  },
  'ln(1 + x)'() {
    const at = [...points(POSITIVE), ...points([2 ** -60, 4]), ...mantissaJumps];
    for (const formula of both(log1p)) equal(formula, (v) => v.log1p(), at);
    for (const formula of both(log1pUnit)) equal(formula, (v) => v.log1p(), points([-0.5, 1]));
  },
  'ln(1 − x) − ln x'() {
    const due: Real = (v) => v.neg().log1p().minus(v.log());
    equal(artanhTwiceOf(constant(1).minus(x.times(2))), due, points([0.35, 0.65]));
  },
  'tails of a logit'() {
    const { z, share, bend } = tail(x);
    const power: Real = (v) => v.abs().neg().exp();
    const at = points([-400, 400]);
    equal(z, power, at);
    equal(share, (v) => read(1).div(power(v).plus(1)), at);
    equal(bend, (v) => power(v).log1p(), at);
  },
  activations() {
    const at = everywhere(100);
    for (const one of kernelCases)
      for (const precision of ['fast', 'precise'] as const) {
        const strange = firstStrange(one, one.kernel[precision], at);
        expect(strange, `${precision} ${one.name}`).toBeUndefined();
      }
  },
  'ln Σ eˣ'() {
    const error = eachRow((row) => {
      const rest = total(without(powersOf(row), row.logits.indexOf(row.m)));
      const due = total(row.logits.map((logit) => read(logit).exp())).log();
      return rest.log1p().plus(row.m).minus(due).abs().toNumber();
    });
    expect(error).toBeLessThan(EQUAL);
  },
  'slopes of cross-entropy'() {
    const error = eachRow((row) => {
      const [e, a] = [powersOf(row), row.a.map((v) => read(v))];
      const [ei, ai] = [e[row.i]!, a[row.i]!];
      const due = ei.div(total(e)).times(total(a)).minus(ai);
      const others = ei.times(total(without(a, row.i))).minus(ai.times(total(without(e, row.i))));
      return others.div(total(e)).minus(due).abs().toNumber();
    });
    expect(error).toBeLessThan(EQUAL);
  },
  'a probability below a number'() {
    const error = eachRow((row) => {
      const e = powersOf(row);
      const [own, p] = [e[row.i]!, row.a[0]!];
      const isBelow = own.div(total(e)).lt(p);
      const others = total(without(e, row.i)).times(p);
      return isBelow === own.times(read(1).minus(p)).lt(others) ? 0 : 1;
    });
    expect(error).toBe(0);
  },
  'declared ranges'() {
    for (const formula of both(exp)) ranged(formula, [...points(EXP), ...jumps(STEP, EXP)]);
    ranged(expRow(x), [...points(ROW), ...jumps(STEP, ROW)]);
    ranged(expm1(x, false), [...points(EXP), ...jumps(STEP, EXP)]);
    ranged(expm1(x, true), [...points(EXP), ...jumps(Math.LN2, EXP)]);
  },
  series() {
    const [ofRows] = seriesOf(expRow(x));
    const [ofLogarithms] = seriesOf(log1pUnit(x));
    isOfSeries(growth, growth.to);
    isOfSeries(ofRows!, ofRows!.to);
    isOfSeries(ofLogarithms!, ofLogarithms!.to);
    isOfSeries(remainder, remainder.to);
    const known = new Set([growth, ofRows, ofLogarithms, remainder]);
    const all = [...both(exp), ...both(expm1), ...both(log), ...both(log1p)];
    const used = elementwiseKernels.flatMap(({ fast, precise }) => [fast, precise]);
    for (const series of [...all, ...used].flatMap(seriesOf)) expect(known).toContain(series);
  },
  'local series'() {
    for (const series of allSeries) {
      expect(largestDistance(series), series.name).toBeLessThan(2 ** -140);
    }
    const all = elementwiseKernels.flatMap(({ fast, precise }) => [fast, precise]);
    const found = all.flatMap((formula) => [...partsOf(formula)].flatMap((e) => e.around ?? []));
    for (const series of found) expect(allSeries).toContain(series);
  },
  'nearest centres'() {
    const at = [...points([-15, 6], true), ...[-15, -1 / 128, 1 / 128, 6 - 1 / 128]];
    ranged(local(normalSeries, x, false), at);
  },
  'table of 2^(j/256)'() {
    const js = Array.from({ length: 256 }, (_, j) => j);
    const power = (j: number): Float => ln2().times(j).div(256).exp();
    expect(worstOf(js, (j) => relative(read(twoTo256th[j]!), power(j)))).toBeLessThan(2 ** -53);
    const units = (j: number): Float => read(String(twoTo256thUnits[j])).div(2 ** 200);
    const error = (j: number) => units(j).minus(power(j)).abs().toNumber();
    expect(worstOf(js, error)).toBeLessThan(2 ** -185);
  },
  'pairs of doubles'() {
    const errors = kernelCases.map((one) => errorOfPairs(one));
    expect(kernelCases.filter((_, i) => !(errors[i]! < EXACT)).map(({ name }) => name)).toEqual([]);
    expect(Math.max(...errors)).toBeGreaterThan(2 ** -110);
  },
  'beyond the clamps'() {
    const next = random(11);
    for (const [op, from] of [
      [sigmoidOf, 250],
      [tanh, 22],
      [softplusOf, 250],
      [logsigmoid, 250],
    ] as const) {
      const name = op.id;
      const far = Array.from({ length: COUNT }, () => from * 2 ** (next() * 119));
      const at = Float32Array.of(...[from, LARGE, ...far].flatMap((v) => [v, -v]));
      const cotangents = [LARGE, -LARGE, 1, 3e20, TINY];
      const g = at.map((_, i) => cotangents[i % cotangents.length]!);
      const { value, slope, product } = truth[name]!;
      const results = [op(at), op.gradient(at), op.gradient(at, {}, g)];
      at.forEach((v, i) => {
        const due = [value(v), slope(v), product(v, g[i]!)];
        if (due.every((y, k) => Object.is(y, results[k]![i]))) return;
        expect([name, v, g[i], ...results.map((y) => y[i])]).toEqual([name, v, g[i], ...due]);
      });
    }
  },
  'just below'() {
    const draw = random(41);
    const long = () => 1 + draw() + draw() * 2 ** -32;
    const short = () => Math.fround(1 + draw());
    const deltas = [2 ** -79, 2 ** -100, 2 ** -300];
    for (let i = 0; i < COUNT; i++) {
      const [b, x, y, z] = [long(), short(), short(), short()] as const;
      const tie = 1 + 2 ** -24 + 2 ** -23 * Math.floor(draw() * 2 ** 23);
      const wrong = deltas.filter((delta) =>
        mpfr(TEXTBOOK, () => {
          const product = i % 2 ? read(tie) : read(b).times(z).div(read(x).times(y));
          const below = (part: number) => nearest(product.minus(product.times(part)), FLOAT32);
          return below(delta) !== below(LITTLE);
        }),
      );
      expect(wrong).toEqual([]);
    }
  },
  'results beside 0'() {
    const sizes = [...new Set(points([TINY, NEAR], true, 200))].filter((size) => size > 0);
    let ruled = 0;
    for (const { name, kernel, numbers, is } of extremeCases) {
      const given = inputsOf(kernel, numbers);
      const f = (at: number) => doubleDouble(kernel.precise, kernel.x, at, given);
      for (const sign of [1, -1]) {
        const rule = ruleOf(f, sign);
        if (!rule) continue;
        ruled++;
        const wrong = sizes.find((size) => !isBeside(rule, is, sign * size));
        expect(wrong, `${name} at ${sign}`).toBeUndefined();
      }
    }
    expect(ruled).toBeGreaterThan(30);
  },
  'sums of rows'() {
    const next = random(23);
    const lengths = [
      1,
      2,
      3,
      4,
      5,
      1000,
      16384,
      ...Array.from({ length: 200 }, () => 1 + next() * 3000),
    ];
    for (const n of lengths.map(Math.floor)) {
      const most = n / 4 + 4;
      const uniform = Float32Array.from({ length: n }, next);
      const anySize = uniform.map((v) => v * 2 ** Math.floor(next() * 60));
      for (const row of [uniform, anySize, anySize.map((v) => -v)])
        expect(errorOfSum(row)).toBeLessThanOrEqual(most);
    }
    // Half of the last place and a little less is lost with each number after the first four.
    const worst = new Float32Array(16384).fill(2 ** -53).fill(1, 0, 4);
    expect(errorOfSum(worst)).toBeLessThanOrEqual(16384 / 4 + 4);
    expect(errorOfSum(worst)).toBeGreaterThan(0.99 * (16384 / 4));
  },
};

describe('what is trusted', () => {
  const names = Object.keys(trusted) as TrustedName[];
  test.each(names)('%s', (name) => {
    expect(Object.keys(checks)).toContain(name);
    checks[name]();
  });
  test('is all that is tested here', () => {
    expect(Object.keys(checks).filter((name) => !Object.hasOwn(trusted, name))).toEqual([]);
  });

  const root = fileURLToPath(new URL('../../src/', import.meta.url));
  const reliesOn = (name: TrustedName): readonly string[] => trusted[name].where;
  test('is relied on by files that exist', () => {
    expect(names.flatMap(reliesOn).filter((path) => !existsSync(root + path))).toEqual([]);
  });
  test('names every file that declares a range, or has a series', () => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^(math|activations|losses).*\.ts$/.test(path),
    );
    const having = (pattern: RegExp) =>
      files.filter((path) => pattern.test(readFileSync(root + path, 'utf8')));
    expect(having(/\.within\(/).sort()).toEqual([...reliesOn('declared ranges')].sort());
    const series = having(/coefficient: \(/);
    expect(series.filter((path) => !reliesOn('series').includes(path))).toEqual([]);
    expect(series.length).toBe(4);
  });
});

describe('what is false is noticed', () => {
  test('in a formula', () => {
    expect(() => equal(log1p(x), (v) => v.plus(2 ** -60).log1p(), points([0.5, 2]))).toThrow();
  });
  test('in a constant, by what it leaves out', () => {
    const wrong = exp(x).times(constant(1, 2 ** -94));
    expect(() => equal(wrong, (v) => v.exp(), points(EXP))).toThrow();
  });
  test('in a range', () => {
    const narrow = x.minus(x.nearest()).within(-0.49, 0.49);
    expect(() => ranged(narrow, points([-4, 4]))).toThrow();
  });
  test('in a series', () => {
    const wrong = { ...growth, coefficient: (i: number) => growth.coefficient(i) + (1n << 90n) };
    expect(() => isOfSeries(wrong, 0.5)).toThrow();
  });
  test('in pairs of doubles', () => {
    const one = caseOf('sigmoid');
    const wrong = one.kernel.precise.times(constant(1, 2 ** -94));
    expect(errorOfPairs(one)).toBeLessThan(EXACT);
    expect(errorOfPairs(one, wrong)).toBeGreaterThan(EXACT);
  });
  test('in an activation, beyond its clamp too', () => {
    const one = caseOf('tanh');
    const { precise } = one.kernel;
    expect(firstStrange(one, precise, [1, 30])).toBeUndefined();
    expect(firstStrange(one, precise.times(constant(1, 2 ** -94)), [1])).toBe(1);
    expect(firstStrange(one, precise.times(constant(1, 2 ** -94)), [30])).toBeUndefined();
    expect(firstStrange(one, precise.times(1 + 2 ** -23), [30])).toBe(30);
  });
  test('beside 0', () => {
    const silu: Is = (at) => read(at).div(read(-at).exp().plus(1));
    const rule: Rule = { c: 0.5, n: 1, isShort: true, isFlat: true, direction: 1 };
    expect(isBeside(rule, silu, TINY)).toBe(true);
    expect(isBeside({ ...rule, direction: -1 }, silu, TINY)).toBe(false);
    expect(isBeside({ ...rule, direction: 0 }, silu, TINY)).toBe(false);
    expect(isBeside({ ...rule, c: 0.5000001 }, silu, TINY)).toBe(false);
    expect(isBeside(rule, silu, -TINY)).toBe(false);
  });
});
