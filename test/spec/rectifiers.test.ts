/**
 * Activations of a few straight or simple pieces: numbers that people can look up (ONNX's node tests,
 * Keras' documentation, PyTorch 2.13), slopes at corners and jumps, and what is refused.
 */
import { describe, expect, test } from 'vitest';
import { float64 } from '../../spec/format.ts';
import * as operators from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';

const {
  clip,
  hardSigmoidAffine,
  hardshrink,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  prelu,
  relu6,
  rrelu,
  shrink,
  softshrink,
  softsign,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  threshold,
  thresholdedRelu,
} = operators;

const vector = (...x: number[]): Tensor => tensor([x.length], x, 'f64');
const valuesOf = (op: Op, tensors: Tensors, settings: object = {}): readonly number[] =>
  evaluate(op, tensors, settings, float64).cells.map((cell) => cell.value);
const slopesOf = (op: Op, tensors: Tensors, settings: object = {}, wrt = 'input') =>
  gradient(op, tensors, settings, { wrt, format: float64 }).cells.map((cell) => cell.value);

type Row = readonly [op: Op, settings: object, x: readonly number[], y: readonly number[]];

// Values ------------------------------------------------------------------------------------------

/** (1 + √5) / 2 and (√5 − 1) / 2 */
const GOLDEN = 1.618033988749895;

const values: readonly Row[] = [
  [relu6, {}, [-1, -0, 3, 6, 7], [0, -0, 3, 6, 6]],
  [hardtanh, {}, [-2, -1, 0.5, 1, 2], [-1, -1, 0.5, 1, 1]],
  [hardtanh, { minVal: 2, maxVal: 2 }, [1, 2, 3], [2, 2, 2]],
  [clip, { min: -1, max: 1 }, [-2, 0, 2], [-1, 0, 1]],
  [clip, { min: 2, max: 1 }, [-2, 0, 6], [1, 1, 1]],
  [clip, {}, [-Infinity, -0, 1e300, Infinity], [-Infinity, -0, 1e300, Infinity]],
  [clip, { min: 0 }, [-Infinity, 5, Infinity], [0, 5, Infinity]],
  [leakyRelu, { negativeSlope: 0.125 }, [-1, 0, 1], [-0.125, 0, 1]],
  [leakyRelu, {}, [-1], [-0.01]],
  [leakyRelu, { negativeSlope: 2 }, [-Infinity, -3, 3], [-Infinity, -6, 3]],
  [leakyRelu, { negativeSlope: -1 }, [-Infinity, -3, -0, 0], [Infinity, 3, 0, -0]],
  [leakyRelu, { negativeSlope: 0 }, [-Infinity, -0], [-0, -0]],
  [threshold, { threshold: 1, value: -9 }, [0, 1, 1.5], [-9, -9, 1.5]],
  [threshold, {}, [-1, -0, 2], [0, 0, 2]],
  [thresholdedRelu, { alpha: 2 }, [-1.5, 0, 1.2, 2, 2.2], [0, 0, 0, 0, 2.2]],
  [thresholdedRelu, { alpha: -1 }, [-1, -0.5, -0], [0, -0.5, -0]],
  [hardshrink, {}, [-1, -0.5, -0, 0.5, 1], [-1, 0, 0, 0, 1]],
  [hardshrink, { lambd: 0 }, [-1e-300, -0, 1e-300], [-1e-300, 0, 1e-300]],
  [softshrink, {}, [-2, -0.5, 0.25, 0.5, 2], [-1.5, 0, 0, 0, 1.5]],
  [shrink, { lambd: 1.5 }, [-2, -1, 0, 1, 2], [-2, 0, 0, 0, 2]],
  [shrink, { lambd: 1.5, bias: 1.5 }, [-2, -1, 0, 1, 2], [-0.5, 0, 0, 0, 0.5]],
  [shrink, { lambd: 1, bias: 3 }, [-2, 1, 2], [1, 0, -1]],
  [hardSigmoidAffine, { alpha: 0.5, beta: 0.625 }, [-1, 0, 1], [0.125, 0.625, 1]],
  [hardSigmoidAffine, {}, [-2.5, 0, 2.5], [0, 0.5, 1]],
  [hardSigmoidAffine, { alpha: 0, beta: 0.25 }, [-Infinity, 7, Infinity], [0.25, 0.25, 0.25]],
  [hardsigmoid, {}, [-3, -1, 0, 1, 3], [0, 1 / 3, 0.5, 2 / 3, 1]],
  [hardswish, {}, [-Infinity, -3, -1.5, 0, 1, 3, 1e308], [-0, 0, -0.375, 0, 2 / 3, 3, 1e308]],
  [softsign, {}, [-Infinity, -1, -0, 1, 3, Infinity], [-1, -0.5, -0, 0.5, 0.75, 1]],
  [squareplus, {}, [-1, 0, 1], [GOLDEN - 1, 1, GOLDEN]],
  [squareplus, {}, [-1e9], [1e-9]],
  [squareplus, { b: 0 }, [-3, 0, 3], [0, 0, 3]],
  [sparsePlus, {}, [-2, -1, 0, 1, 2], [0, 0, 0.25, 1, 2]],
  [sparseSigmoid, {}, [-2, -1, 0, 0.5, 1, 2], [0, 0, 0.5, 0.75, 1, 1]],
];
const named = (rows: readonly Row[]) =>
  rows.map(([op, p, x, y]) => [`${op.id} ${JSON.stringify(p)}`, op, p, x, y] as const);

/** Zeros have signs where an element is an edge; elsewhere none is stated. */
const isSame = (y: number, due: number, x: number): boolean =>
  x === 0 || !Number.isFinite(x) ? Object.is(y, due) : y === due;

test.each(named(values))('%s', (_, op, settings, x, due) => {
  const y = valuesOf(op, { input: vector(...x) }, settings);
  expect(y.filter((yi, i) => !isSame(yi, due[i]!, x[i]!))).toEqual([]);
  expect(y.length).toBe(due.length);
});

test('NaN stays NaN, in the slope too', () => {
  for (const [op, settings] of values) {
    expect(valuesOf(op, { input: vector(NaN) }, settings)).toEqual([NaN]);
    expect(slopesOf(op, { input: vector(NaN) }, settings)).toEqual([NaN]);
  }
});

// Slopes ------------------------------------------------------------------------------------------

const slopes: readonly Row[] = [
  [relu6, {}, [-0, 0, 1, 6], [0, 0, 1, 0]],
  [hardtanh, {}, [-1, 0, 1], [0, 1, 0]],
  [hardtanh, { minVal: 2, maxVal: 2 }, [1, 2, 3], [0, 0, 0]],
  [clip, { min: -1, max: 1 }, [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]],
  [clip, { min: 2, max: 2 }, [2], [0]],
  [clip, { min: 2, max: 1 }, [1, 1.5, 2], [0, 0, 0]],
  [clip, {}, [-Infinity, 0, Infinity], [1, 1, 1]],
  [clip, { max: 0 }, [-Infinity, 0, Infinity], [1, 1, 0]],
  [leakyRelu, {}, [-Infinity, -0, 0, 1], [0.01, 0.01, 0.01, 1]],
  [threshold, { threshold: 1, value: -9 }, [0, 1, 1.5], [0, 0, 1]],
  [threshold, { threshold: 1, value: 1 }, [1], [0]],
  [thresholdedRelu, {}, [1, 1.5], [0, 1]],
  [hardshrink, {}, [-1, -0.5, 0, 0.5, 1], [1, 0, 0, 0, 1]],
  [softshrink, {}, [-1, -0.5, 0, 0.5, 1], [1, 0, 0, 0, 1]],
  [softshrink, { lambd: 0 }, [-1, 0, 1], [1, 1, 1]],
  [shrink, { bias: 0.5 }, [-1, -0.5, 0, 0.5, 1], [1, 0, 0, 0, 1]],
  [shrink, { bias: 0, lambd: 0 }, [0], [1]],
  [shrink, { bias: 1, lambd: 0 }, [0], [0]],
  [hardSigmoidAffine, { alpha: 0.25 }, [-2, 0, 2], [0, 0.25, 0]],
  [hardsigmoid, {}, [-3, 0, 3], [0, 1 / 6, 0]],
  [hardswish, {}, [-4, -3, 0, 3, 4], [0, 0, 0.5, 1, 1]],
  [softsign, {}, [-3, -0, 0, 3], [0.0625, 1, 1, 0.0625]],
  [squareplus, {}, [0], [0.5]],
  [squareplus, { b: 0 }, [-1, 0, 1], [0, 0.5, 1]],
  [sparsePlus, {}, [-1, 0, 1], [0, 0.5, 1]],
  [sparseSigmoid, {}, [-1, 0, 1], [0, 0.5, 0]],
];

test.each(named(slopes))('slopes of %s', (_, op, settings, x, due) => {
  expect(slopesOf(op, { input: vector(...x) }, settings).map((y) => y + 0)).toEqual(due);
});

test('every corner is an elbow: its two slopes differ, and its own is one from there', () => {
  const corners = [...values, ...slopes].flatMap(([op, given]) => {
    if (op.kind !== 'elementwise') return [];
    const defaults = Object.entries(op.params).map(([name, { default: usual }]) => [name, usual]);
    return op.kinks({ ...Object.fromEntries(defaults), ...given } as never);
  });
  expect(corners.length).toBeGreaterThan(30);
  for (const corner of corners) {
    const [left, right, torch] = [corner.left, corner.right, corner.torch].map(Number);
    expect(left).not.toBe(right);
    expect(torch).toBeGreaterThanOrEqual(Math.min(left!, right!));
    expect(torch).toBeLessThanOrEqual(Math.max(left!, right!));
  }
});

// Rows --------------------------------------------------------------------------------------------

describe('prelu', () => {
  const input = tensor([2, 2, 2], [1, -2, -3, 4, -5, 6, 0, -8], 'f64');
  const weight = vector(0.5, -1);

  test('has a weight for every channel, the second axis', () => {
    expect(valuesOf(prelu, { input, weight })).toEqual([1, -1, 3, 4, -2.5, 6, 0, 8]);
    expect(valuesOf(prelu, { input: vector(-1, -2), weight })).toEqual([-0.5, 2]);
  });
  test('or one for all', () => {
    const y = [1, -0.5, -0.75, 4, -1.25, 6, 0, -2];
    expect(valuesOf(prelu, { input, weight: vector(0.25) })).toEqual(y);
    expect(valuesOf(prelu, { input, weight: tensor([], [0.25]) })).toEqual(y);
  });
  test('has gradients of both, those of weights summed', () => {
    expect(slopesOf(prelu, { input, weight })).toEqual([1, 0.5, -1, 1, 0.5, 1, -1, -1]);
    expect(slopesOf(prelu, { input, weight }, {}, 'weight')).toEqual([-7, -11]);
    expect(slopesOf(prelu, { input, weight: vector(1) }, {}, 'weight')).toEqual([-18]);
  });
  test('makes 0 of −∞ where the weight is 0, whose slope is −∞', () => {
    const silent = { input: vector(-Infinity), weight: vector(0) };
    expect(valuesOf(prelu, silent)).toEqual([0]);
    expect(slopesOf(prelu, silent)).toEqual([0]);
    expect(slopesOf(prelu, silent, {}, 'weight')).toEqual([-Infinity]);
  });
  test('does not know what NaN adds to a weight', () => {
    const unknown = { input: vector(NaN), weight: vector(2) };
    expect(slopesOf(prelu, unknown)).toEqual([NaN]);
    expect(slopesOf(prelu, unknown, {}, 'weight')).toEqual([NaN]);
  });
});

describe('rrelu', () => {
  const bounds = { lower: 0.25, upper: 0.75 };
  const input = vector(-4, -4, -4, 4);

  test('evaluates with the slope in the middle', () => {
    expect(valuesOf(rrelu, { input }, bounds)).toEqual([-2, -2, -2, 4]);
    expect(valuesOf(rrelu, { input: vector(-1) })[0]).toBeCloseTo(-0.22916666666666666, 15);
  });
  test('trains with the slopes that the noise says', () => {
    const noise = vector(0, 0.5, 1, 1);
    expect(valuesOf(rrelu, { input, noise }, bounds)).toEqual([-1, -2, -3, 4]);
    expect(slopesOf(rrelu, { input, noise }, bounds)).toEqual([0.25, 0.5, 0.75, 1]);
  });
});

// Digits ------------------------------------------------------------------------------------------

describe('digits where textbook forms lose them', () => {
  /** The number above x. */
  const above = (x: number): number => x + Math.abs(x) * 2 ** -53;

  test('just right of a corner', () => {
    const x = above(-3);
    expect(valuesOf(hardsigmoid, { input: vector(x) })).toEqual([(x + 3) / 6]);
    expect(valuesOf(hardswish, { input: vector(x) })).toEqual([-(2 ** -52) * (1 - 2 ** -53)]);
    expect(valuesOf(sparsePlus, { input: vector(above(-1)) })).toEqual([2 ** -108]);
  });
  test('far left of squareplus', () => {
    expect(valuesOf(squareplus, { input: vector(-1e200) })).toEqual([1e-200]);
  });
  test('an alpha of 1/6 is a little less than a sixth', () => {
    const nearly = evaluate(hardSigmoidAffine, { input: vector(3) }, { alpha: 1 / 6 }, float64);
    expect(1 - nearly.cells[0]!.value).toBe(0);
    expect(String(nearly.cells[0]!.lo)).toMatch(/^0\.9999999999999999722/);
    expect(String(evaluate(hardsigmoid, { input: vector(3) }).cells[0]!.lo)).toBe('1');
  });
});

// Refusals ----------------------------------------------------------------------------------------

describe('refusals', () => {
  type Refusal = readonly [op: Op, tensors: Tensors, settings: object, error: Error];
  const input = vector(1, 2);
  const refusals: { readonly [what: string]: Refusal } = {
    'bounds of hardtanh in the wrong order': [
      hardtanh,
      { input },
      { minVal: 2 },
      new RangeError('hardtanh: minVal = 2 should be at most maxVal = 1'),
    ],
    'bounds of rrelu in the wrong order': [
      rrelu,
      { input },
      { lower: 1, upper: 0.5 },
      new RangeError('rrelu: lower = 1 should be at most upper = 0.5'),
    ],
    'noise above 1': [
      rrelu,
      { input, noise: vector(0, 1.5) },
      {},
      new RangeError('rrelu: noise has the value 1.5 but should be in [0, 1]'),
    ],
    'weights for other channels': [
      prelu,
      { input, weight: vector(1, 2, 3) },
      {},
      new RangeError('prelu: weight has shape [3] but should be [C] with C = 2'),
    ],
    'a number without channels': [
      prelu,
      { input: tensor([], [1]), weight: vector(1) },
      {},
      new RangeError('prelu: input has shape [] but should be [N? C *]'),
    ],
    'a slope that is infinite': [
      leakyRelu,
      { input },
      { negativeSlope: Infinity },
      new RangeError('leaky-relu: negativeSlope = Infinity should be a number, finite'),
    ],
    'a bound that is NaN': [
      clip,
      { input },
      { min: NaN },
      new RangeError('clip: min = NaN should be a number from -Infinity to Infinity'),
    ],
    'a negative alpha': [
      hardSigmoidAffine,
      { input },
      { alpha: -1 },
      new RangeError('hard-sigmoid-affine: alpha = -1 should be a number from 0 to 1048576'),
    ],
    'a negative b': [
      squareplus,
      { input },
      { b: -1 },
      new RangeError('squareplus: b = -1 should be a number from 0 to 1048576'),
    ],
    ...Object.fromEntries(
      [hardshrink, softshrink, shrink].map((op): [string, Refusal] => [
        `a negative lambd of ${op.id}`,
        [
          op,
          { input },
          { lambd: -1 },
          new RangeError(`${op.id}: lambd = -1 should be a number from 0 to ∞`),
        ],
      ]),
    ),
  };

  test.each(Object.entries(refusals))('%s', (_, [op, tensors, settings, error]) => {
    expect(() => evaluate(op, tensors, settings)).toThrow(error);
  });
});

describe('what depends on parameters', () => {
  const { hardtanh, clip, gelu, shrink, softplus, threshold } = operators;
  test('kinks: none between two bounds that are one, or where the function jumps', () => {
    expect(hardtanh.kinks({ minVal: 1, maxVal: 1 })).toEqual([]);
    expect(hardtanh.kinks({ minVal: 1, maxVal: 2 })).toHaveLength(2);
    expect(clip.kinks({ min: 1, max: 1 })).toEqual([]);
    expect(shrink.kinks({ bias: 1, lambd: 1 })).toHaveLength(2);
    expect(shrink.kinks({ bias: 0.5, lambd: 1 })).toEqual([]);
    expect(shrink.kinks({ bias: 0, lambd: 0 })).toEqual([]);
  });
  test('ranges and monotony', () => {
    expect(softplus.range({ beta: 1, threshold: 0 })).toEqual([0, Infinity]);
    expect(softplus.range({ beta: 1, threshold: -1 })).toEqual([-Infinity, Infinity]);
    expect(threshold.isIncreasing({ threshold: 0, value: 1 })).toBe(false);
    expect(threshold.isIncreasing({ threshold: 1, value: 1 })).toBe(true);
  });
  test('the sign of a zero', () => {
    expect(valuesOf(gelu, { input: vector(-Infinity, -0, 0) })).toEqual([-0, -0, 0]);
    expect(valuesOf(threshold, { input: vector(-0, 0) }, { threshold: -1 })).toEqual([-0, 0]);
  });
});
