/** Operators along an axis, and gated ones, against the oracle: results, gradients, readings. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { floats } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import { float32 } from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import { isDifferentiable } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { type Certified, evaluate, gradient } from '../../spec/oracle/index.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import * as src from '../../src/index.ts';
import { force, readings } from '../../src/kernel/reading.ts';
import { plusAll, signOf, squareOfDifference } from '../../src/math/exact-sum.ts';
import { seed } from '../seed.ts';
import { random } from './patterns.ts';
import { ulps } from './ulps.ts';

/** What the operators have in common once their types are forgotten. */
interface Anything {
  (inputs: object, params: object): src.Floats;
  gradient(inputs: object, params: object, gradOut?: object): Record<string, src.Floats>;
  valueAndGradient(
    inputs: object,
    params: object,
    gradOut?: object,
  ): { readonly value: src.Floats; readonly gradient: Record<string, src.Floats> };
}
const pairs = (
  [
    [spec.softmin, src.softmin],
    [spec.softmax2d, src.softmax2d],
    [spec.hardmax, src.hardmax],
    [spec.gumbelSoftmax, src.gumbelSoftmax],
    [spec.sparsemax, src.sparsemax],
    [spec.entmax15, src.entmax15],
    [spec.glu, src.glu],
    [spec.swiglu, src.swiglu],
  ] as unknown as readonly (readonly [Op, Anything])[]
).map(([op, fast]) => ({ id: op.id, op, fast }));

const given = (tensors: Tensors) =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) =>
      t ? [[name, { data: Float32Array.from(t.data), shape: t.shape }]] : [],
    ),
  );
const differentiable = (op: Op): readonly string[] =>
  Object.keys(op.inputs).filter((name) => isDifferentiable(op.inputs[name]!));

/** Cotangents of both signs, none of them 1. */
const cotangentOf = (shape: readonly number[], size: number) =>
  tensor(
    shape,
    Array.from({ length: size }, (_, i) => [0.75, -1.5, 3][i % 3]!),
  );

/** Every result within an ulp, or the nearest float where `isRounded`. */
function expectNear(got: Float32Array, due: readonly Certified[], isRounded: boolean): number {
  expect(got).toHaveLength(due.length);
  return Math.max(
    0,
    ...due.map(({ value, lo }, i) => {
      if (Number.isNaN(value) || isRounded) expect(got[i]! + 0).toBe(value + 0);
      const error = Number.isFinite(value) ? ulps(got[i]!, Number(lo)) : 0;
      expect(error).toBeLessThan(1);
      return error;
    }),
  );
}

function compareValue(op: Op, fast: Anything, { tensors, settings }: Case): number {
  const isRounded = ['hardmax', 'glu', 'swiglu'].includes(op.id);
  const y = fast(given(tensors), settings);
  const { shape, cells } = evaluate(op, tensors, settings);
  expect(y.shape).toEqual(shape);
  return expectNear(y.data, cells, isRounded);
}

/** Softmax and its kin may cancel in their gradients: there the law of gradients judges. */
function compareGradient(op: Op, fast: Anything, { tensors, settings }: Case): void {
  const { shape } = lift(op, tensors, settings);
  const u = cotangentOf(
    shape,
    shape.reduce((a, b) => a * b, 1),
  );
  const gradOut = { data: Float32Array.from(u.data), shape };
  const slopes = fast.gradient(given(tensors), settings, gradOut);
  expect(Object.keys(slopes)).toEqual(differentiable(op));
  for (const wrt of differentiable(op)) {
    const { cells } = gradient(op, tensors, settings, { wrt, cotangent: u, format: float32 });
    expectNear(slopes[wrt]!.data, cells, op.id === 'glu');
  }
}

const drawn = (op: Op, runs: number): readonly Case[] =>
  fc.sample(cases(op, floats(), { elements: 4, axis: 5 }), { seed, numRuns: runs });

describe.each(pairs)('$id', ({ id, op, fast }) => {
  test('agrees with the oracle', () => {
    const errors = drawn(op, 150).map((c) => compareValue(op, fast, c));
    if (id !== 'hardmax') expect(Math.max(...errors)).toBeGreaterThan(0.1);
    expect(Math.max(...errors)).toBeLessThan(0.502);
  });
  if (['sparsemax', 'glu', 'swiglu'].includes(id))
    test('so do its gradients', () => {
      for (const c of drawn(op, 80)) compareGradient(op, fast, c);
    });
  test('gives value and gradient at once, and alone, with the same bits', () => {
    for (const { tensors, settings } of drawn(op, 10)) {
      const inputs = given(tensors);
      const both = fast.valueAndGradient(inputs, settings);
      expect(both.value).toEqual(fast(inputs, settings));
      expect(both.gradient).toEqual(fast.gradient(inputs, settings));
    }
  });
});

describe('readings give the same bits', () => {
  afterEach(() => force(undefined));
  const next = random(17);
  const numbers = (n: number) => Float32Array.from({ length: n }, () => (next() - 0.5) * 30);
  const shape = [2, 6, 50];
  const x = { data: numbers(600), shape };
  const g = { data: numbers(600), shape };
  test.each(pairs)('$id', ({ id, fast }) => {
    const inputs = id === 'swiglu' ? { a: x, b: g } : { input: x };
    const all = id === 'gumbel-softmax' ? { ...inputs, noise: g } : inputs;
    const params = id === 'swiglu' ? { alpha: 0.7 } : {};
    // Not every engine has the first one, which fuses; test/src/readings.test.ts asks for it.
    const answers = readings.slice(1).map((reading) => {
      force(reading);
      return fast.valueAndGradient(all, params);
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

const row = (data: readonly number[], noise?: readonly number[]): Case => ({
  tensors: {
    input: tensor([data.length], data.map(Math.fround)),
    ...(noise && { noise: tensor([data.length], noise.map(Math.fround)) }),
  },
  settings: {},
});

describe('where a support ends', () => {
  const tiny = 2 ** -149;
  test.each([
    ['just inside', [1, tiny]],
    ['exactly at the end', [1, 0]],
    ['just outside', [1, -tiny]],
    ['beside large numbers', [2 ** 24, 2 ** 24 - 1, 2 ** 24 - 1]],
    ['inside by little, of many', [1, 0.75, 0.625, 0.625, 0.5 + 2 ** -24, 2 ** -30]],
    ['all alike', [3.5, 3.5, 3.5]],
  ])('sparsemax: %s', (_, data) => {
    compareValue(spec.sparsemax, src.sparsemax as never, row(data));
    compareGradient(spec.sparsemax, src.sparsemax as never, row(data));
  });
  test.each([
    ['just inside', [2, tiny]],
    ['exactly at the end', [2, 0]],
    ['just outside', [2, -tiny]],
    ['inside by little, of many', [2, 1.5, 1.5, 0.5 + 2 ** -22]],
    ['at the end, of many', [3, 2, 2, 2, 2, 1]],
    ['beside it', [3, 2, 2, 2, 2, 2 - 2 ** -10, 1 + 2 ** -23]],
    ['all alike', [-7, -7, -7, -7, -7]],
  ])('entmax15: %s', (_, data) => {
    compareValue(spec.entmax15, src.entmax15 as never, row(data));
  });
  test.each([spec.sparsemax, spec.entmax15])('$id of 40 numbers', (op) => {
    const next = random(23);
    const fast = pairs.find(({ id }) => id === op.id)!.fast;
    for (const spread of [0.01, 0.5, 4])
      compareValue(op, fast, row(Array.from({ length: 40 }, () => next() * spread)));
  });
  test('sums lose nothing', () => {
    const left = plusAll([], [2 ** 100, 1, 2 ** -100, -(2 ** 100), -1]);
    expect(left).toEqual([2 ** -100]);
    expect(signOf(plusAll(left, [-(2 ** -100)]))).toBe(0);
    // (2 − t)² = 4 − 4t + t²
    const t = 2 ** -149;
    expect(signOf(plusAll(squareOfDifference(2, t), [-4, 4 * t]))).toBe(1);
    expect(signOf(plusAll(squareOfDifference(2, t), [-4, 4 * t, -(t * t)]))).toBe(0);
  });
});

describe('sums of logits and noise', () => {
  test.each([
    ['that cancel', [2 ** 60, 0.25], [-(2 ** 60), 0]],
    ['whose differences are small beside them', [2 ** 80, 2 ** 80, 0], [0.5, 0.25, 3]],
    ['that float64 cannot hold', [2 ** 100, 2 ** 100], [2 ** -20, -(2 ** -20)]],
  ])('%s', (_, x, g) => {
    for (const hard of [false, true]) {
      const c = { ...row(x, g), settings: { hard } };
      compareValue(spec.gumbelSoftmax, src.gumbelSoftmax as never, c);
    }
  });
});

describe('swiglu', () => {
  const of = (a: number, b: number, alpha = 1): Case => ({
    tensors: { a: tensor([1], [Math.fround(a)]), b: tensor([1], [Math.fround(b)]) },
    settings: { alpha },
  });
  test.each([
    ['the slope beside its root', of(-1.2784645, 3)],
    ['the slope beside its root, on the other side', of(-1.2784646, 3)],
    ['another root', of(-1.2784645 / 0.7, 3, 0.7)],
    ['a product that is a tie, and a gate that is nearly open', of(2 ** 22 + 1, 5)],
    ['a gate that is cut off', of(-1000, 2 ** 127)],
    ['numbers as large as there are', of(-(2 ** 127), 2 ** 127)],
    ['a slow gate', of(-(2 ** 27), 2 ** 127, 2 ** -20)],
    ['subnormal results', of(2 ** -149, 1)],
  ])('%s', (_, c) => {
    compareValue(spec.swiglu, src.swiglu as never, c);
    compareGradient(spec.swiglu, src.swiglu as never, c);
  });
});

describe('refusals', () => {
  const of = (...shape: number[]) => ({
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
    shape,
  });
  test.each([
    [() => src.glu({ input: of(3) }), 'glu: input has shape [3] but should have an even number'],
    [() => src.glu({ input: of() }), 'glu: input has shape [] but should have an even number'],
    [() => src.softmax2d({ input: of(2, 2) }), 'softmax2d: input has shape [2, 2] but should be'],
    [() => src.swiglu({ a: of(2), b: of(1) }), 'swiglu: b has shape [1] but should be the shape'],
    [
      () => src.gumbelSoftmax({ input: of(2), noise: of(1) }),
      "gumbel-softmax: noise has shape [1] but should be the input's shape = [2]",
    ],
    [() => src.softmin({ input: of(2) }, { dim: 1 }), 'softmin: dim is 1 but should be in [-1, 0]'],
  ])('%s', (call, says) => expect(call).toThrow(says));
  test('empty rows and tensors are no trouble', () => {
    expect(src.sparsemax({ input: of(0) })).toEqual(of(0));
    expect(src.entmax15({ input: of(2, 0) })).toEqual(of(2, 0));
    expect(src.hardmax({ input: of(0, 3) })).toEqual(of(0, 3));
    expect(src.glu({ input: of(0, 4) })).toEqual(of(0, 2));
    expect(src.glu({ input: of(2, 0) })).toEqual(of(2, 0));
  });
});
