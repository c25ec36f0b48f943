/** gelu by MPFR's word: values, slopes and products, near 0, in the tails and beyond them. */
import { describe, expect, test } from 'vitest';
import { gelu } from '../../src/index.ts';
import { mpfr, nearest, read } from '../spec/mpfr.ts';
import { kernelCases, type Real } from './kernel-cases.ts';
import { edges, patterns, random } from './patterns.ts';

const SINGLE = { precision: 24, emax: 127 };
const variants = ['none', 'tanh'] as const;
const textbook = (name: string): Real => kernelCases.find((of) => of.name === name)!.is;
const truth = {
  none: { value: textbook('gelu'), slope: textbook('gelu′') },
  tanh: { value: textbook('gelu-tanh'), slope: textbook('gelu-tanh′') },
};

/** The float32 nearest to f(x)·u. 450 bits tell x/2 + x²/√(2π) from x/2, also for x = 2⁻¹⁴⁹. */
const rounded = (f: Real, x: number, u = 1): number =>
  mpfr(Math.abs(x) < 2 ** -50 ? 450 : 200, () => nearest(f(read(x)).times(u), SINGLE));

/** Where Φ and σ have become 0 even for MPFR, results are their limit, −0. */
const FAR = -1000;
const finite = (x: number): boolean => Number.isFinite(x) && x > FAR;

function firstWrong(f: Real, x: Float32Array, y: Float32Array, u?: Float32Array) {
  const i = x.findIndex((at, i) => !Object.is(y[i], rounded(f, at, u?.[i])));
  return i < 0 ? undefined : { x: x[i], u: u?.[i], got: y[i], due: rounded(f, x[i]!, u?.[i]) };
}

/** Where results are subnormal, where they are 1 or x but for a little, and where the slope is 0. */
const next = random(23);
const special = Float32Array.from(
  [
    [-13, 1],
    [-14.4, 0.4],
    [-10.5, 0.5],
    [5.5, 1],
    [6, 0.01],
    [-0.752, 0.002],
    [-19.5, 1],
    [-13.3, 0.5],
  ].flatMap(([middle, radius]) =>
    Array.from({ length: 300 }, () => middle! + radius! * (2 * next() - 1)),
  ),
);
const inputs = Float32Array.of(...edges, ...special, ...patterns(400_009)).filter(finite);
/** What falls to a tie, and its neighbours: odd multiples of the least number, halved. */
const subnormal = Float32Array.from({ length: 4000 }, (_, i) => {
  const size = Math.floor(2 ** (24 * next())) * 2 ** -149;
  return i % 2 ? size : -size;
});

describe.each(variants)('gelu, approximate: %s', (approximate) => {
  const { value, slope } = truth[approximate];
  const params = { approximate };
  test('the value is correctly rounded', () => {
    expect(firstWrong(value, inputs, gelu(inputs, params))).toBeUndefined();
    expect(firstWrong(value, subnormal, gelu(subnormal, params))).toBeUndefined();
  });
  test('the gradient is correctly rounded', () => {
    expect(firstWrong(slope, inputs, gelu.gradient(inputs, params))).toBeUndefined();
  });
  test('a cotangent of any size keeps it so', () => {
    const x = Float32Array.of(...special, ...inputs.filter((_, i) => i % 3 === 0));
    const u = x.map(() => (next() - 0.5) * 2 ** (next() * 250 - 122));
    expect(firstWrong(slope, x, gelu.gradient(x, params, u), u)).toBeUndefined();
    const large = special.map((_, i) => (i % 2 ? -1 : 1) * (2 - 2 ** -23) * 2 ** 127);
    expect(
      firstWrong(slope, special, gelu.gradient(special, params, large), large),
    ).toBeUndefined();
  });
  test('times subnormal cotangents, too, where ½ makes ties', () => {
    const x = subnormal.map((at) => at * 2 ** Math.floor(next() * 100));
    expect(firstWrong(slope, x, gelu.gradient(x, params, subnormal), subnormal)).toBeUndefined();
  });
  test('a neighbour would be noticed', () => {
    const y = gelu(inputs, params);
    const i = inputs.findIndex((x) => x > 1);
    y[i]! *= 1 + 2 ** -23;
    expect(firstWrong(value, inputs, y)).toBeDefined();
  });
  test('edges', () => {
    const x = Float32Array.of(-Infinity, -3e38, -1001, -0, 0, 3e38, Infinity, NaN);
    expect([...gelu(x, params)]).toEqual([-0, -0, -0, -0, 0, Math.fround(3e38), Infinity, NaN]);
    const slopes = [-0, -0, -0, 0.5, 0.5, 1, 1, NaN];
    expect([...gelu.gradient(x, params)]).toEqual(slopes);
    const doubled = gelu.gradient(x, params, new Float32Array(8).fill(2));
    expect([...doubled]).toEqual(slopes.map((s) => 2 * s));
    const endless = gelu.gradient(x, params, new Float32Array(8).fill(Infinity));
    expect(endless[0]).toBe(0);
    expect([...endless.slice(3)]).toEqual([Infinity, Infinity, Infinity, Infinity, NaN]);
  });
});

test('the two differ, and the exact one is the default', () => {
  const x = Float32Array.of(1, -2, 3);
  expect(gelu(x)).toEqual(gelu(x, { approximate: 'none' }));
  expect(gelu(x)).not.toEqual(gelu(x, { approximate: 'tanh' }));
  expect(gelu(x)[0]).toBeCloseTo(0.8413447, 6);
  expect(gelu(x, { approximate: 'tanh' })[0]).toBeCloseTo(0.841192, 6);
});
