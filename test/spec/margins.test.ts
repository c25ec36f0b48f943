/** Margin losses, cosine losses and InfoNCE: numbers that people can look up, by PyTorch 2.13. */
import { describe, expect, test } from 'vitest';
import { float64 } from '../../spec/format.ts';
import {
  categoricalHingeLoss,
  cosineEmbeddingLoss,
  cosineSimilarityLoss,
  hingeEmbeddingLoss,
  hingeLoss,
  infoNce,
  marginRankingLoss,
  multilabelMarginLoss,
  multilabelSoftMarginLoss,
  multiMarginLoss,
  softMarginLoss,
  squaredHingeLoss,
  tripletMarginLoss,
  tripletMarginWithDistanceLoss,
} from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';

type Nested = number | readonly Nested[];
const shapeOf = (x: Nested): readonly number[] =>
  typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])];
const flat = (x: Nested): readonly number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));
const real = (x: Nested): Tensor => tensor(shapeOf(x), flat(x), 'f64');
const whole = (x: Nested): Tensor => tensor(shapeOf(x), flat(x), 'i64');

type Values = { readonly [name: string]: Nested };
/** Whole numbers where an operator takes classes. */
const given = (op: Op, values: Values): Tensors =>
  Object.fromEntries(
    Object.entries(values).map(([name, x]) => [
      name,
      op.inputs[name]!.of === 'classes' ? whole(x) : real(x),
    ]),
  );
const valuesOf = (op: Op, values: Values, settings: object = {}): readonly number[] =>
  evaluate(op, given(op, values), settings, float64).cells.map((cell) => cell.value);
const answerOf = (op: Op, values: Values, settings: object = {}): number =>
  valuesOf(op, values, settings)[0]!;
const slopesOf = (op: Op, values: Values, wrt: string, settings: object = {}) =>
  gradient(op, given(op, values), settings, { wrt, format: float64 }).cells.map((c) => c.value);

const none = { reduction: 'none' };

describe('traps of PyTorch, by their numbers in the list of facts', () => {
  test('20: a label that is neither 1 nor −1 takes both parts', () => {
    expect(
      valuesOf(hingeEmbeddingLoss, { input: [0.25, 0.25, 0.25], target: [0, 1, -1] }, none),
    ).toEqual([1, 0.25, 0.75]);
    expect(answerOf(hingeEmbeddingLoss, { input: 0.25, target: NaN })).toBe(1);
  });
  test('21: a target of 0 costs the margin', () => {
    const pair = { input1: 5, input2: -3, target: 0 };
    expect(answerOf(marginRankingLoss, pair, { margin: 0.5 })).toBe(0.5);
    expect(answerOf(marginRankingLoss, { ...pair, target: -3 }, { margin: 0.5 })).toBe(24.5);
  });
  test('22: nothing overflows', () => {
    expect(answerOf(softMarginLoss, { input: 89, target: -1 })).toBe(89);
    expect(answerOf(softMarginLoss, { input: 800, target: -1 })).toBe(800);
    expect(slopesOf(softMarginLoss, { input: 800, target: -1 }, 'input')).toEqual([1]);
  });
  test('23: two equal logits cost 1/C, and the weighted mean divides by N', () => {
    const equal = [
      [2, 2],
      [-7, -7],
    ];
    expect(answerOf(multiMarginLoss, { input: equal, target: [0, 1] })).toBe(0.5);
    expect(answerOf(multiMarginLoss, { input: equal, target: [0, 1], weight: [1, 3] })).toBe(1);
  });
  test('24: the weight is not squared', () => {
    const one = { input: [0, 1], target: 0, weight: [3, 1] };
    expect(answerOf(multiMarginLoss, one, { p: 2 })).toBe(6);
    expect(slopesOf(multiMarginLoss, one, 'input', { p: 2 })).toEqual([-6, 6]);
  });
  test('25: −1 ends the list', () => {
    const input = [0.1, 0.2, 0.4, 0.8];
    expect(answerOf(multilabelMarginLoss, { input, target: [3, 0, -1, 1] })).toBeCloseTo(0.85, 14);
    expect(answerOf(multilabelMarginLoss, { input, target: [3, 0, 1, -1] })).toBeCloseTo(0.775, 14);
    expect(answerOf(multilabelMarginLoss, { input, target: [-1, 0, 1, 2] })).toBe(0);
    expect(answerOf(multilabelMarginLoss, { input: [0, 0], target: [0, 0] })).toBe(1);
  });
  test('26: weights are not normalised', () => {
    const zeros = { input: [[0, 0]], target: [[1, 0]], weight: [1, 3] };
    expect(answerOf(multilabelSoftMarginLoss, zeros)).toBe(2 * Math.LN2);
  });
  test('27: two short vectors that are the same', () => {
    const short = { input1: [1e-6, 0], input2: [1e-6, 0], target: 1 };
    expect(answerOf(cosineEmbeddingLoss, short)).toBeCloseTo(0.4999999990010493, 15);
    const [input, target] = [short.input1, short.input2];
    expect(answerOf(cosineSimilarityLoss, { input, target }, { distance: true })).toBe(0);
  });
  test('28: eps has a sign, and equal points are a distance apart', () => {
    const at = (positive: number) => ({
      anchor: [0, 0],
      positive: [positive, positive],
      negative: [0, 0],
    });
    // Both distances of the anchor are the same: only the margin is left.
    expect(answerOf(tripletMarginLoss, at(0))).toBe(1);
    expect(answerOf(tripletMarginLoss, at(1e-6))).toBeCloseTo(1 - 1e-6 * Math.SQRT2, 15);
  });
});

describe('the kinks', () => {
  test('a margin that is just kept has the full slope', () => {
    expect(slopesOf(hingeEmbeddingLoss, { input: 1, target: -1 }, 'input')).toEqual([-1]);
    expect(slopesOf(hingeEmbeddingLoss, { input: 1, target: 0 }, 'input')).toEqual([0]);
    const ranked = { input1: 1, input2: 1, target: 1 };
    expect(slopesOf(marginRankingLoss, ranked, 'input1')).toEqual([-1]);
    expect(slopesOf(marginRankingLoss, ranked, 'input2')).toEqual([1]);
    expect(slopesOf(hingeLoss, { input: 1, target: 1 }, 'input')).toEqual([-1]);
    const right = { input1: [1, 0], input2: [0, 1], target: -1 };
    expect(slopesOf(cosineEmbeddingLoss, right, 'input1')[1]).toBeCloseTo(0.9999999999989999, 15);
    const tie = { anchor: [0], positive: [0], negative: [1] };
    expect(slopesOf(tripletMarginLoss, tie, 'negative', { eps: 0 })).toEqual([-1]);
  });
  test('but not in the losses of classes', () => {
    expect(slopesOf(multiMarginLoss, { input: [0, -1], target: 0 }, 'input')).toEqual([0, 0]);
    const list = { input: [1, 0], target: [0, -1] };
    expect(slopesOf(multilabelMarginLoss, list, 'input')).toEqual([0, 0]);
  });
  test('equal distances to the negative have half of the slope each', () => {
    const tie = { anchor: [0], positive: [0], negative: [1] };
    const swap = { eps: 0, margin: 2, swap: true };
    expect(slopesOf(tripletMarginLoss, tie, 'anchor', swap)).toEqual([0.5]);
    expect(slopesOf(tripletMarginLoss, tie, 'positive', swap)).toEqual([0.5]);
    expect(slopesOf(tripletMarginLoss, tie, 'negative', swap)).toEqual([-1]);
  });
  test('equal largest components share', () => {
    const corner = { anchor: [0, 0], positive: [1, 1], negative: [2, -2] };
    const largest = { eps: 0, p: Infinity, margin: 5 };
    expect(answerOf(tripletMarginLoss, corner, largest)).toBe(4);
    expect(slopesOf(tripletMarginLoss, corner, 'positive', largest)).toEqual([0.5, 0.5]);
    expect(slopesOf(tripletMarginLoss, corner, 'negative', largest)).toEqual([-0.5, 0.5]);
  });
});

describe('numbers that people can look up', () => {
  const triplet = { anchor: [1, 0], positive: [0, 0], negative: [0.5, 1] };

  test('triplets', () => {
    expect(answerOf(tripletMarginLoss, triplet)).toBeCloseTo(0.8819674584633959, 14);
    const third = { anchor: [0, 0], positive: [1, 2], negative: [2, 0] };
    const cubic = { eps: 0, p: 3, margin: 5 };
    expect(answerOf(tripletMarginLoss, third, cubic)).toBeCloseTo(5.080083823051904, 14);
    expect(slopesOf(tripletMarginLoss, third, 'positive', cubic)[0]).toBeCloseTo(
      0.23112042478354,
      13,
    );
    const angle = { anchor: [1, 0], positive: [1, 1], negative: [3, 1] };
    const cosine = { distance: 'cosine' };
    expect(answerOf(tripletMarginWithDistanceLoss, angle, cosine)).toBeCloseTo(
      1.2415765168639663,
      14,
    );
    const squared = { distance: 'squared-euclidean' };
    expect(answerOf(tripletMarginWithDistanceLoss, angle, squared)).toBe(0);
    expect(answerOf(tripletMarginWithDistanceLoss, triplet)).toBe(
      answerOf(tripletMarginLoss, triplet),
    );
  });
  test('a margin of 0 and p below 1 are refused', () => {
    expect(() => answerOf(tripletMarginLoss, triplet, { margin: 0 })).toThrow(RangeError);
    expect(() => answerOf(tripletMarginLoss, triplet, { p: 0.5 })).toThrow(RangeError);
    expect(() => answerOf(multiMarginLoss, { input: [0, 1], target: 0 }, { p: 3 })).toThrow(
      new RangeError('multi-margin-loss: p = 3 should be an integer from 1 to 2'),
    );
  });
  test('cosine embedding', () => {
    const pairs = {
      input1: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      input2: [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      target: [2, 1, -1],
    };
    const [other, like, unlike] = valuesOf(cosineEmbeddingLoss, pairs, { ...none, margin: 0.5 });
    expect(other).toBe(0);
    expect(like).toBeCloseTo(0.2928932, 7);
    expect(unlike).toBeCloseTo(0.2071068, 7);
    const zero = { input1: [0, 0], input2: [1, 2], target: 1 };
    expect(answerOf(cosineEmbeddingLoss, zero)).toBe(1);
    expect(slopesOf(cosineEmbeddingLoss, zero, 'input1')[0]).toBeCloseTo(-447213.5963934019, 6);
  });
  test('hinges, as Keras documents them', () => {
    // Its example has labels 0 and 1, which it turns into these.
    const example = {
      target: [
        [-1, 1],
        [-1, -1],
      ],
      input: [
        [0.6, 0.4],
        [0.4, 0.6],
      ],
    };
    expect(answerOf(hingeLoss, example)).toBeCloseTo(1.3, 14);
    expect(answerOf(squaredHingeLoss, example)).toBeCloseTo(1.86, 14);
    const classes = {
      target: [
        [0, 1],
        [0, 0],
      ],
      input: [
        [0.6, 0.4],
        [0.4, 0.6],
      ],
    };
    expect(answerOf(categoricalHingeLoss, classes)).toBeCloseTo(1.4, 14);
  });
  test('cosine similarity, as Keras documents it', () => {
    const example = {
      target: [
        [0, 1],
        [1, 1],
      ],
      input: [
        [1, 0],
        [1, 1],
      ],
    };
    expect(valuesOf(cosineSimilarityLoss, example, none)[1]).toBe(-1);
    expect(answerOf(cosineSimilarityLoss, example)).toBe(-0.5);
  });
  test('InfoNCE of a batch against itself', () => {
    const unit = [
      [1, 0],
      [0, 1],
    ];
    const batch = { input: unit, keys: unit, target: [0, 1] };
    expect(answerOf(infoNce, batch, { temperature: 1 })).toBeCloseTo(Math.log1p(Math.exp(-1)), 15);
    expect(answerOf(infoNce, batch)).toBeCloseTo(Math.log1p(Math.exp(-10)), 15);
    const lone = { input: [1, 2], keys: [[3, 4]], target: 0 };
    expect(answerOf(infoNce, lone)).toBe(0);
  });
});
