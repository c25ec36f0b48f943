/**
 * Elementwise operators: correctly rounded by the oracle's word, and by MPFR's, and right at the edges.
 * Whatever `src/` exports is tested, at its defaults and at drawn parameters.
 */
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { settingsOf } from '../../golden/cases/settings.ts';
import { drawFrom } from '../../golden/draw.ts';
import { type Drawn, isTaken, pointsOf } from '../../properties/inputs.ts';
import { float32, fromBits, toBits } from '../../spec/format.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { type Certified, gradientsOf, valuesOf } from '../../spec/oracle/index.ts';
import { settle } from '../../spec/param.ts';
import { type Tensor, tensor } from '../../spec/tensor.ts';
import * as src from '../../src/index.ts';
import { seed } from '../seed.ts';
import { read } from '../spec/mpfr.ts';
import { roundings, same } from '../spec/textbook/compare.ts';
import { textbook } from '../spec/textbook/index.ts';
import { elementwise } from './kernel-cases.ts';
import { edges, patterns, random } from './patterns.ts';

const { hardswish, leakyRelu, logsigmoid, relu, sigmoid, silu, softplus, tanh } = src;

type Fast = src.Elementwise<object>;

/** A point and two neighbours on each side. */
const around = (point: number): readonly number[] => {
  const size = toBits(Math.abs(Math.fround(point)), float32);
  const steps = [-2n, -1n, 0n, 1n, 2n].map((step) => size + step).filter((bits) => bits >= 0n);
  return steps.map((bits) => Math.sign(point) * fromBits(bits, float32));
};
const near = (points: readonly number[]): readonly number[] =>
  points.filter(Number.isFinite).flatMap(around);

/** Subnormals and their doubles on either side of 0, odd and even. */
const small = Float32Array.from({ length: 300 }, (_, i) => {
  const n = (1 + i * 55_871) * 2 ** -149;
  return i % 2 ? n : -n;
});
/** Where most functions are neither saturated nor straight. */
const next = random(77);
const common = Float32Array.from({ length: 700 }, () => (next() - 0.5) * 2 ** (next() * 9 - 3));

/** The first x where y is not what is due, zeros by their sign where it is stated. */
function firstWrong(x: Float32Array, y: Float32Array, due: readonly Certified[]) {
  const i = due.findIndex(({ value, signed }, i) =>
    signed ? !Object.is(y[i], value) : !same(y[i]!, value),
  );
  return i < 0 ? undefined : { x: x[i], got: y[i], due: due[i]!.value };
}

/** Of any size, as a slope of e^−120 is brought back, and every third a subnormal or little more. */
const cotangents = (x: Float32Array): Float32Array => {
  const next = random(1);
  return x.map((_, i) =>
    i % 3 ? (next() - 0.5) * 2 ** (next() * 250 - 122) : small[i % small.length]!,
  );
};

/** One number at an end of its range, 0 or little more; the others as usual. */
const limits = (definition: Op): readonly Drawn[] =>
  Object.entries(definition.params)
    .flatMap(([name, p]) => {
      if (p.kind !== 'number') return [];
      const { min = -Infinity, max = Infinity } = p;
      const legal = [min, 0, 2 ** -140, max].filter(
        (x) => Number.isFinite(x) && x >= min && x <= max,
      );
      return legal.map((x) => ({ [name]: x }));
    })
    .map((one) => settle(definition, one) as Drawn)
    .filter((settings) => isTaken(definition, settings));

describe.each(elementwise)('$id, by the oracle', ({ op, definition }) => {
  const every = settingsOf(drawFrom(seed), definition);
  test.each(every.map((settings, i) => [settings, i] as const))(
    'is correctly rounded with %o',
    (settings, i) => {
      const points = near(pointsOf(definition, settings));
      const x = Float32Array.of(...edges, ...points, ...patterns(i === 0 ? 4_000_037 : 40_000_003));
      const lifted = lift(definition, { input: tensor([x.length], x) }, settings);
      const slopes = (u?: Tensor) => gradientsOf(lifted, 'input', u, float32);
      const g = cotangents(x);
      const values = valuesOf(lifted, float32);
      expect(firstWrong(x, op(x, settings), values)).toBeUndefined();
      expect(firstWrong(x, op.gradient(x, settings), slopes())).toBeUndefined();
      const products = slopes(tensor([g.length], g));
      expect(firstWrong(x, op.gradient(x, settings, g), products)).toBeUndefined();
      const ones = x.map(() => 1);
      expect(op.gradient(x, settings, ones)).toEqual(op.gradient(x, settings));
      const off = op(x, settings).map((y) => y * (1 + 2 ** -23));
      expect(firstWrong(x, off, values)).toBeDefined();
    },
  );
});

test('no elementwise operator of src/ is left out', () => {
  expect(elementwise.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['relu', 'sigmoid', 'tanh', 'softplus', 'logsigmoid']),
  );
});

describe.each(elementwise.filter(({ id }) => textbook[id]))('$id, by MPFR', (of) => {
  const { op, definition } = of;
  const usual = settle(definition, {});
  const points = near(pointsOf(definition, usual));
  const inputs = Float32Array.of(...edges, ...points, ...small, ...common, ...patterns(4_000_037));
  const x = inputs.filter(Number.isFinite);
  /** Blocks keep the numbers that MPFR holds at a time few. */
  const BLOCK = 512;

  /** The first x where y is none of the floats that it may be. */
  function firstOff(y: Float32Array, pick: 'out' | 'slope', u: (i: number) => number) {
    for (let from = 0; from < x.length; from += BLOCK) {
      const part = x.subarray(from, from + BLOCK);
      const input = tensor([part.length], part);
      const truth = () => textbook[of.id]!({ input }, usual, (i) => read(u(from + i)));
      const due = roundings(truth, (t) => (pick === 'out' ? t.out : t.grad.input!), float32, 500);
      const i = due.findIndex(([a, b], i) => !same(y[from + i]!, a!) && !same(y[from + i]!, b!));
      if (i >= 0) return { x: part[i], got: y[from + i], due: due[i] };
    }
    return undefined;
  }
  const one = () => 1;

  test('values, slopes and products are correctly rounded', () => {
    const g = cotangents(x);
    expect(firstOff(op(x), 'out', one)).toBeUndefined();
    expect(firstOff(op.gradient(x), 'slope', one)).toBeUndefined();
    expect(firstOff(op.gradient(x, {}, g), 'slope', (i) => g[i]!)).toBeUndefined();
    expect(
      firstOff(
        op(x).map((y) => y * (1 + 2 ** -23)),
        'out',
        one,
      ),
    ).toBeDefined();
  });
});

describe('a cotangent', () => {
  test('of 2¹²⁰ brings a slope of e^−120 back', () => {
    const x = Float32Array.of(-120);
    const g = Float32Array.of(2 ** 120);
    expect(sigmoid.gradient(x, {}, g)[0]! / 2 ** 120).toBeCloseTo(7.667648e-53, 58);
  });
  test('that is infinite is silenced by a slope that is 0, not by one that rounds to it', () => {
    const x = Float32Array.of(Infinity, 200, -Infinity, -200);
    const infinite = Float32Array.of(Infinity, Infinity, Infinity, Infinity);
    expect([...tanh.gradient(x, {}, infinite)]).toEqual([0, Infinity, 0, Infinity]);
    expect([...relu.gradient(x, {}, infinite)]).toEqual([Infinity, Infinity, 0, 0]);
  });
});

describe('edges', () => {
  const x = Float32Array.of(-Infinity, -0, 0, Infinity, NaN);
  const tenth = Math.fround(0.01);
  const LN2 = Math.fround(Math.LN2);
  test.each([
    ['relu', relu, [0, -0, 0, Infinity, NaN], [0, 0, 0, 1, NaN]],
    ['silu', silu as Fast, [-0, -0, 0, Infinity, NaN], [-0, 0.5, 0.5, 1, NaN]],
    [
      'leaky-relu',
      leakyRelu as Fast,
      [-Infinity, -0, 0, Infinity, NaN],
      [tenth, tenth, tenth, 1, NaN],
    ],
    ['hardswish', hardswish, [-0, -0, 0, Infinity, NaN], [0, 0.5, 0.5, 1, NaN]],
    ['sigmoid', sigmoid, [0, 0.5, 0.5, 1, NaN], [0, 0.25, 0.25, 0, NaN]],
    ['tanh', tanh, [-1, -0, 0, 1, NaN], [0, 1, 1, 0, NaN]],
    ['softplus', softplus, [0, LN2, LN2, Infinity, NaN], [0, 0.5, 0.5, 1, NaN]],
    ['logsigmoid', logsigmoid, [-Infinity, -LN2, -LN2, -0, NaN], [1, 0.5, 0.5, 0, NaN]],
  ] as const)('of %s', (_, op, value, slope) => {
    expect([...op(x)]).toEqual(value);
    expect([...op.gradient(x)]).toEqual(slope);
    expect([...op.gradient(x, {}, new Float32Array(5).fill(2))]).toEqual(slope.map((s) => 2 * s));
  });
  test.each(elementwise)('of $id with parameters at their limits', ({ op, definition }) => {
    for (const settings of limits(definition)) {
      const lifted = lift(definition, { input: tensor([x.length], x) }, settings);
      const told = JSON.stringify(settings);
      expect(firstWrong(x, op(x, settings), valuesOf(lifted, float32)), told).toBeUndefined();
      const slopes = gradientsOf(lifted, 'input', undefined, float32);
      expect(firstWrong(x, op.gradient(x, settings), slopes), told).toBeUndefined();
    }
  });
  test('of leaky-relu and hardswish where they bend', () => {
    const at = Float32Array.of(-Infinity, -1, -0, 0);
    expect([...leakyRelu(at, { negativeSlope: 0 })]).toEqual([-0, -0, -0, 0]);
    expect([...leakyRelu(at, { negativeSlope: -2 })]).toEqual([Infinity, 2, 0, -0]);
    expect([...hardswish.gradient(Float32Array.of(-3, 3))]).toEqual([0, 1]);
    expect(() => leakyRelu(at, { negativeSlope: NaN })).toThrow(RangeError);
  });
  test('relu is exact', () => {
    const all = patterns(100_003);
    expect(relu(all)).toEqual(all.map((x) => (x > 0 || x === 0 ? x : 0)));
    expect(relu.gradient(all)).toEqual(all.map((x) => (x > 0 ? 1 : 0)));
  });
});

describe('softplus', () => {
  const definition = operators.get('softplus')!;
  test.each([2 ** -20, 0.3, 7.5, 2 ** 20])('with beta = %d is correctly rounded', (beta) => {
    const some = Float32Array.of(...edges, ...patterns(4_000_037));
    const lifted = lift(definition, { input: tensor([some.length], some) }, { beta });
    expect(firstWrong(some, softplus(some, { beta }), valuesOf(lifted, float32))).toBeUndefined();
    const slopes = gradientsOf(lifted, 'input', undefined, float32);
    expect(firstWrong(some, softplus.gradient(some, { beta }), slopes)).toBeUndefined();
  });
  test('is x beyond the threshold, and correctly rounded up to it', () => {
    const x = Float32Array.of(20, 20.000002, -5, NaN, Infinity, -Infinity);
    const y = softplus(x, { threshold: 20 });
    expect([...y]).toEqual([...softplus(x)].with(1, x[1]!));
    expect([...softplus.gradient(x, { threshold: 20 })].slice(1, 2)).toEqual([1]);
    expect([...softplus(x, { threshold: -6 })]).toEqual([...x.with(5, 0)]);
  });
  test('compares with the threshold exactly', () => {
    // 0.1·3 rounds up to a float64 whose neighbour below is 0.3.
    const x = Float32Array.of(3);
    const exact = 3 * 0.1;
    expect(softplus(x, { beta: 0.1, threshold: exact })[0]).not.toBe(3);
    expect(softplus(x, { beta: 0.1, threshold: 0.3 })[0]).toBe(3);
    expect(softplus(x, { beta: 0.5, threshold: 1.5 })[0]).not.toBe(3);
  });
});

describe('bare arrays', () => {
  test('give what tensors give', () => {
    const data = Float32Array.of(1, 2, 3, 4);
    const input = { data, shape: [2, 2] };
    expect(sigmoid({ input })).toEqual({ data: sigmoid(data), shape: [2, 2] });
    expect(sigmoid.gradient({ input }).input).toEqual({
      data: sigmoid.gradient(data),
      shape: [2, 2],
    });
    const both = sigmoid.valueAndGradient({ input });
    expect(both).toEqual({ value: sigmoid({ input }), gradient: sigmoid.gradient({ input }) });
    expect(sigmoid.valueAndGradient(data)).toEqual({
      value: sigmoid(data),
      gradient: sigmoid.gradient(data),
    });
  });
  test('can be written to, also in place', () => {
    const data = Float32Array.of(1, 2, 3, 4);
    const out = new Float32Array(4);
    expect(tanh(data, {}, out)).toBe(out);
    const due = tanh(data);
    expect(tanh(data, {}, data)).toBe(data);
    expect(data).toEqual(due);
    const both = { value: new Float32Array(4), gradient: new Float32Array(4) };
    const { value, gradient } = sigmoid.valueAndGradient(data, {}, null, both);
    expect([value, gradient]).toEqual([sigmoid(data), sigmoid.gradient(data)]);
    expect([value === both.value, gradient === both.gradient]).toEqual([true, true]);
    const slopes = new Float32Array(4);
    expect(tanh.gradient(data, {}, null, slopes)).toBe(slopes);
  });
});
