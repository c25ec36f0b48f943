/** All readings of a kernel give the same bits: SIMD with and without FMA, and both JavaScripts. */
import { describe, expect, test } from 'vitest';
import { leakyReluKernels } from '../../src/activations/leaky-relu.ts';
import { constant } from '../../src/kernel/expression.ts';
import { kernelOf } from '../../src/kernel/kernel.ts';
import { exactly } from '../../src/kernel/one.ts';
import { readings } from '../../src/kernel/reading.ts';
import { fastest, productAs, readAs } from '../../src/kernel/rounded.ts';
import { log } from '../../src/math/log.ts';
import { log1p } from '../../src/math/log1p.ts';
import { kernelCases } from './kernel-cases.ts';
import { edges, patterns, random } from './patterns.ts';

/** NaN has many bit patterns, all the same to us. */
const bits = (y: Float32Array): Uint32Array =>
  new Uint32Array(y.map((v) => (Number.isNaN(v) ? NaN : v)).buffer);

const firstDifference = (a: Float32Array, b: Float32Array): number => {
  const [p, q] = [bits(a), bits(b)];
  return p.findIndex((word, i) => word !== q[i]);
};

describe.each(kernelCases)('$name', ({ kernel, numbers }) => {
  const x = Float32Array.of(...edges, ...patterns(65_537));
  // Without the rounding test, too, where it is not needed.
  const ways = kernel.isExact(numbers) ? [false, true] : [false];
  const results = readings.flatMap((reading) =>
    ways.flatMap((plain) => {
      const run = readAs(kernel, reading, plain);
      if (!run) return [];
      const y = new Float32Array(x.length);
      run(x, y, numbers);
      return [{ reading, y }];
    }),
  );
  const javascript = results.find(({ reading }) => reading === 'javascript')!;

  test('this engine runs SIMD and JavaScript', () => {
    expect(results.map(({ reading }) => reading)).toEqual(
      expect.arrayContaining(['simd', 'javascript', 'generated']),
    );
  });
  test.each(results)('$reading gives the bits of JavaScript', ({ y }) => {
    expect(x[firstDifference(y, javascript.y)]).toBeUndefined();
  });
  test('times a cotangent all readings give the same bits', () => {
    const next = random(7);
    const u = x.map((_, i) =>
      i % 50 === 0 ? Infinity : (next() - 0.5) * 2 ** (next() * 200 - 99),
    );
    const products = readings.flatMap((reading) =>
      ways.flatMap((plain) => {
        const y = new Float32Array(x.length);
        const run = productAs(kernel, reading, plain);
        run?.(x, u, y, numbers);
        return run ? [y] : [];
      }),
    );
    for (const y of products) expect(x[firstDifference(y, products.at(-1)!)]).toBeUndefined();
    expect(products.length).toBeGreaterThan(2);
  });
  test('pairs of doubles give them too', () => {
    const chosen = (i: number) => Number.isFinite(x[i]) && (i < edges.length || i % 64 === 0);
    const some = x.filter((_, i) => chosen(i));
    const expected = javascript.y.filter((_, i) => chosen(i));
    const y = some.map((value) => exactly(kernel, value, 1, numbers));
    expect(some[firstDifference(y, expected)]).toBeUndefined();
  });
  test('in place, and for every length around a vector and a block', () => {
    const run = fastest(kernel);
    for (const n of [0, 1, 2, 3, 4, 5, 7, 4095, 4096, 4097, 8195]) {
      const y = new Float32Array(n + 1).fill(7);
      y.set(x.subarray(100, 100 + n));
      run(y.subarray(0, n), y.subarray(0, n), numbers);
      expect(firstDifference(y.subarray(0, n).slice(), javascript.y.slice(100, 100 + n))).toBe(-1);
      expect(y[n]).toBe(7);
    }
  });
});

test('a change of parameters is seen by all readings', () => {
  const { value } = leakyReluKernels;
  for (const run of readings.map((reading) => readAs(value, reading))) {
    const y = new Float32Array(4);
    for (const slope of [0.5, 3, 0.5]) {
      run?.(Float32Array.of(-1, 2, -3, -4), y, [slope, -Infinity]);
      expect([...y]).toEqual(run ? [-slope, 2, -3 * slope, -4 * slope] : [0, 0, 0, 0]);
    }
  }
});

test('what only pairs of doubles can decide does not disturb its neighbours', () => {
  // 1 + 2⁻²⁴ + 2⁻⁷⁰ is a tie in float64 and above it in truth.
  const kernel = kernelOf('nearly a tie', (x) => x.times(constant(1 + 2 ** -24, 2 ** -70)));
  for (const reading of readings) {
    const run = readAs(kernel, reading);
    if (!run) continue;
    const y = new Float32Array(5);
    run(Float32Array.of(1, Infinity, NaN, -0, 4), y);
    expect([...y]).toEqual([1 + 2 ** -23, Infinity, NaN, -0, 4 + 2 ** -21]);
  }
});

test('a difference of one bit is seen', () => {
  expect(firstDifference(Float32Array.of(1, 0), Float32Array.of(1, -0))).toBe(1);
  expect(firstDifference(Float32Array.of(1, NaN), Float32Array.of(1, NaN))).toBe(-1);
});

test('exponents and mantissas are read alike in SIMD and in JavaScript', () => {
  const x = patterns(1_000_003).filter((v) => v > 0 && v < Infinity && v !== 1);
  for (const kernel of [
    kernelOf('log', (x, precise) => log(x, precise)),
    kernelOf('log1p', log1p),
  ]) {
    const [a, b] = [new Float32Array(x.length), new Float32Array(x.length)];
    readAs(kernel, 'javascript')!(x, a);
    readAs(kernel, 'simd')!(x, b);
    expect(x[firstDifference(a, b)]).toBeUndefined();
    expect(x.length).toBeGreaterThan(1000);
  }
});
