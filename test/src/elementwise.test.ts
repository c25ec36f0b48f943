/** Elementwise operators: correctly rounded by MPFR's word, and right at the edges. */
import { describe, expect, test } from 'vitest';
import { hardswish } from '../../src/activations/hardswish.ts';
import { leakyRelu } from '../../src/activations/leaky-relu.ts';
import {
  type Elementwise,
  logsigmoid,
  relu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '../../src/index.ts';
import { scaledSoftplus, truth } from './mpfr.ts';
import { edges, patterns, random } from './patterns.ts';

const smooth = { sigmoid, tanh, softplus, logsigmoid };
const inputs = Float32Array.of(...edges, ...patterns(100_003)).filter(Number.isFinite);

/** The first x where y is not what it should be, zeros by their sign. */
function firstWrong(y: Float32Array, right: (x: number) => number) {
  const i = inputs.findIndex((x, i) => !Object.is(y[i], right(x)));
  return i < 0 ? undefined : { x: inputs[i], got: y[i], due: right(inputs[i]!) };
}

describe.each(Object.entries(smooth).map(([name, op]) => ({ name, op })))('$name', (of) => {
  const { op, name } = of;
  const { value, slope } = truth[name]!;
  test('the value is correctly rounded', () => {
    expect(firstWrong(op(inputs), value)).toBeUndefined();
    expect(firstWrong(op(inputs), (x) => value(x) * (1 + 2 ** -23))).toBeDefined();
  });
  test('the gradient is correctly rounded', () => {
    expect(firstWrong(op.gradient(inputs), slope)).toBeUndefined();
  });
  test('a cotangent of ones written out changes nothing', () => {
    const some = inputs.filter((_, i) => i % 16 === 0);
    const ones = some.map(() => 1);
    expect(op.gradient(some, {}, ones)).toEqual(op.gradient(some));
  });
});

describe('a cotangent', () => {
  const next = random(1);
  const some = inputs.filter((_, i) => i % 4 === 0);
  const g = some.map(() => (next() - 0.5) * 2 ** (next() * 250 - 122));
  test.each(Object.entries(smooth))('of any size keeps %s′ correctly rounded', (name, op) => {
    const y = op.gradient(some, {}, g);
    const product = truth[name]!.product;
    const bad = some.findIndex((x, i) => !Object.is(y[i], product(x, g[i]!)));
    expect(bad < 0 ? undefined : [some[bad], g[bad], y[bad]]).toBeUndefined();
  });
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
    ['silu', silu, [-0, -0, 0, Infinity, NaN], [-0, 0.5, 0.5, 1, NaN]],
    [
      'leaky-relu',
      leakyRelu as Elementwise<object>,
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
  test('of leaky-relu and hardswish where they bend', () => {
    const at = Float32Array.of(-Infinity, -1, -0, 0);
    expect([...leakyRelu(at, { negativeSlope: 0 })]).toEqual([-0, -0, -0, 0]);
    expect([...leakyRelu(at, { negativeSlope: -2 })]).toEqual([Infinity, 2, -0, 0]);
    expect([...hardswish.gradient(Float32Array.of(-3, 3))]).toEqual([0, 1]);
    expect(() => leakyRelu(at, { negativeSlope: NaN })).toThrow(RangeError);
  });
  test('relu is exact', () => {
    expect(firstWrong(relu(inputs), (x) => (x > 0 || x === 0 ? x : 0))).toBeUndefined();
    expect(firstWrong(relu.gradient(inputs), (x) => (x > 0 ? 1 : 0))).toBeUndefined();
  });
});

describe('softplus', () => {
  const some = inputs.filter((_, i) => i % 8 === 0);
  test.each([2 ** -20, 0.3, 2, 7.5, 2 ** 20])('with beta = %d is correctly rounded', (beta) => {
    const y = softplus(some, { beta });
    const g = softplus.gradient(some, { beta });
    const bad = some.findIndex((x, i) => {
      const due = scaledSoftplus(x, beta);
      return !Object.is(y[i], due.value) || !Object.is(g[i], due.slope);
    });
    expect(bad < 0 ? undefined : [some[bad], y[bad], g[bad]]).toBeUndefined();
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
