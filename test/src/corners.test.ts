/** Single inputs at which an operator may go wrong and most others say nothing: borders, ties, what cancels, refusals. */
import { describe, expect, test } from 'vitest';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import * as src from '../../src/index.ts';
import { classes, floats } from './tensors.ts';

type Given = Readonly<Record<string, ReturnType<typeof floats> | ReturnType<typeof classes>>>;

/** −0 is 0 where its sign means nothing. */
const list = ({ data }: { data: Float32Array }): number[] => [...data].map((x) => x + 0);

const tensors = (given: Given): Tensors =>
  Object.fromEntries(
    Object.entries(given).map(([name, { data, shape }]) => [
      name,
      tensor(shape, data, data instanceof Float32Array ? 'f32' : 'i64'),
    ]),
  );
/** What the definition says, correctly rounded. */
const due = (op: Op, given: Given, params = {}): number[] =>
  evaluate(op, tensors(given), params).cells.map(({ value }) => value + 0);
const dueSlopes = (op: Op, given: Given, params = {}): number[] =>
  gradient(op, tensors(given), params).cells.map(({ value }) => value + 0);

describe('borders', () => {
  test('the slope of a hard sigmoid is 0 at both corners, where x meets them exactly', () => {
    const input = floats([-2, -1, 0]);
    const line = { alpha: 0.5, beta: 1 };
    expect(list(src.hardSigmoidAffine.gradient({ input }, line).input)).toEqual([0, 0.5, 0]);
    expect(dueSlopes(spec.hardSigmoidAffine, { input }, line)).toEqual([0, 0.5, 0]);
  });
  test('an element that is exactly 1 below the largest is outside of the support of sparsemax', () => {
    const slopes = (x: number) =>
      list(src.sparsemax.gradient({ input: floats([1, x]) }, {}, floats([1, 0])).input);
    expect(slopes(0)).toEqual([0, 0]);
    expect(slopes(2 ** -24)).toEqual([0.5, -0.5]);
  });
  test('a result of squareplus that is a tie is not taken for what is a little less', () => {
    const up = 1 + 2 ** -22;
    // Halfway down to the next float32, which is odd; r is 1 + this, and the result a half of it.
    const tie = up - 2 ** -24;
    const b = tie ** 2 + 2 * tie;
    const given = { input: floats([-1]) };
    expect(list(src.squareplus(given, { b }))).toEqual([up / 2]);
    expect(due(spec.squareplus, given, { b })).toEqual([up / 2]);
  });
  test('a probability at its clamp counts, in the gradient too', () => {
    const given = { input: floats([0, 0]), target: classes([0], []) };
    const params = { eps: 0.5, probabilityEps: 0.5 };
    // ln 2 times ½ · ½
    const share = Math.fround(Math.LN2 / 4);
    expect(list(src.reverseCrossEntropy.gradient(given, params).input)).toEqual([-share, share]);
    expect(dueSlopes(spec.reverseCrossEntropy, given, params)).toEqual([-share, share]);
  });
});

describe('digits of what cancels', () => {
  test('an element that is barely in the support of entmax', () => {
    const given = { input: floats([2, 2 ** -60]) };
    expect(list(src.entmax15(given))).toEqual([1, 2 ** -122]);
    expect(due(spec.entmax15, given)).toEqual([1, 2 ** -122]);
  });
  test('keys that agree in a component give it no slope', () => {
    const given = {
      input: floats([0], [1, 1]),
      keys: floats(new Array(6).fill(2 ** 60), [6, 1]),
      target: classes([0]),
    };
    expect(list(src.infoNce.gradient(given).input)).toEqual([0]);
    expect(dueSlopes(spec.infoNce, given)).toEqual([0]);
  });
  test('a third of a CTC loss, less nearly all of it', () => {
    // Σ 4⁻ᵏ is ⅓: the scores of three blanks have 24 bits each of it, and leave ⅓ of 2²⁸.
    const digits = (2 ** 24 - 1) / 3;
    const [first, second, third] = [76, 52, 28].map((place) => digits * 2 ** place);
    const given = {
      input: floats(
        [
          ...[0, -(2 ** 100), 0, 0].concat(first!, 0, 0, 0),
          ...[0, 0, 0, 0].concat(second!, 0, 0, 0),
          ...[0, 0, 0, 0].concat(third!, 0, 0, 0),
        ],
        [3, 2, 4],
      ),
      target: classes([1, 2, 3, 0, 0, 0], [2, 3]),
      inputLengths: classes([3, 3]),
      targetLengths: classes([3, 0]),
    };
    const left = Math.fround(2 ** 28 / 3 / 2);
    expect(list(src.ctcLoss(given))).toEqual([left]);
    expect(due(spec.ctcLoss, given)).toEqual([left]);
  });
  // Next to 2⁻⁸ the series has to have all its terms; next to 0 logarithms would not do.
  test.each([
    [1289, 1279, 11],
    [15177, 15059, 14],
    [33666, 33665, 16],
  ])('the divergence of %d and %d times 2⁻%d is correctly rounded', (p, q, places) => {
    const given = { input: floats([p / 2 ** places]), target: floats([q / 2 ** places]) };
    expect(list(src.jensenShannon(given))).toEqual(due(spec.jensenShannon, given));
  });
});

describe('what is infinite', () => {
  test('softmin is softmax of −x where a cotangent is infinite, too', () => {
    const u = floats([1, -2, Infinity]);
    const [x, negative] = [floats([0, 1, Infinity]), floats([0, -1, -Infinity])];
    const slopes = list(src.softmax.gradient({ input: negative }, {}, u).input);
    const got = list(src.softmin.gradient({ input: x }, {}, u).input);
    expect(got).toEqual(slopes.map((slope) => 0 - slope));
  });
  test('an infinite weight makes its own loss infinite, and no other', () => {
    const none = { reduction: 'none' } as const;
    const given = {
      input: floats([0.5, 0.5]),
      target: floats([0, 1]),
      weight: floats([Infinity, 1]),
    };
    const losses = [Infinity, Math.fround(Math.LN2)];
    expect(list(src.binaryCrossEntropy(given, none))).toEqual(losses);
    expect(due(spec.binaryCrossEntropy, given, none)).toEqual(losses);
  });
  test('a class has no margin to itself, and no weight makes something of it', () => {
    const given = {
      input: floats([0, 0]),
      target: classes([0], []),
      weight: floats([Infinity, 1]),
    };
    expect(list(src.multiMarginLoss(given))).toEqual([Infinity]);
    expect(due(spec.multiMarginLoss, given)).toEqual([Infinity]);
  });
  test.each([
    [Infinity, 0],
    [-Infinity, 0],
    [NaN, NaN],
  ])('a coefficient of 0 silences a z-loss of rows of %d: %d', (x, slope) => {
    const given = { input: floats([x, x]) };
    const silent = { coefficient: 0 };
    expect(list(src.zLoss.gradient(given, silent).input)).toEqual([slope, slope]);
    expect(dueSlopes(spec.zLoss, given, silent)).toEqual([slope, slope]);
  });
});

describe('refused are', () => {
  const two = floats([1, 2]);
  const batch = floats(new Array(8).fill(0), [2, 2, 2]);
  const layers = {
    ...{ headWeight: floats([1], [1, 1]), clusterWeight: floats([1], [1, 1]) },
    ...{ tailProject: floats([1], [1, 1, 1]), tailWeight: floats([1], [1, 1]) },
    ...{ cluster: classes([0]), input: floats([1]), target: classes([1], []) },
  };
  const adaptive = (more: object) => () => src.adaptiveLogSoftmaxWithLoss({ ...layers, ...more });

  test('none of these', () => expect(adaptive({})).not.toThrow());
  test.each<[string, () => unknown, string]>([
    [
      'an adaptive softmax of a number',
      adaptive({ input: floats([1], []) }),
      'adaptive-log-softmax-with-loss: input has shape [] but should be [N? F]',
    ],
    [
      'an adaptive softmax of more than a batch',
      adaptive({ input: floats([1], [1, 1, 1]), target: classes([1], [1, 1]) }),
      'adaptive-log-softmax-with-loss: input has shape [1, 1, 1] but should be [N? F]',
    ],
    [
      'a class that is one too many',
      adaptive({ target: classes([2], []) }),
      'adaptive-log-softmax-with-loss: target[0] is 2 but should be a class in [0, 2)',
    ],
    [
      'a cluster that is one too many',
      adaptive({ cluster: classes([1]) }),
      'adaptive-log-softmax-with-loss: cluster[0] is 1 but should be a class in [0, 1)',
    ],
    [
      'a negative variance',
      () => src.gaussianNllLoss({ input: two, target: two, var: floats([1, -1]) }),
      'gaussian-nll-loss: var[1] is -1 but should be in [0, Infinity]',
    ],
    [
      'a query without an axis',
      () =>
        src.infoNce({
          ...{ input: floats([1], []), keys: floats([1], [1, 1]), target: classes([0], []) },
        }),
      'info-nce: input has shape [] but should be [N D]',
    ],
    [
      'class 0 as one to ignore among probabilities',
      () =>
        src.linearCrossEntropy(
          { input: floats([1]), linearWeight: floats([1, 1], [2, 1]), target: two },
          { ignoreIndex: 0 },
        ),
      'linear-cross-entropy: ignoreIndex is 0 but should be negative where target holds probabilities',
    ],
    [
      'margins of more than a batch',
      () => src.multiMarginLoss({ input: batch, target: classes([0, 0, 0, 0], [2, 2]) }),
      'multi-margin-loss: the first input has shape [2,2,2] but should have 1 or 2 axes',
    ],
    [
      'margins of more than a batch, to several classes',
      () =>
        src.multilabelMarginLoss({
          input: batch,
          target: classes(new Array(8).fill(0), [2, 2, 2]),
        }),
      'multilabel-margin-loss: the first input has shape [2,2,2] but should have 1 or 2 axes',
    ],
  ])('%s', (_, call, says) => expect(call).toThrow(new RangeError(says)));
});
