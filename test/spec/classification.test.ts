/** Losses of classes and of sets: numbers that people can look up, special rows, refusals. */
import { describe, expect, test } from 'vitest';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import { float64 } from '../../spec/format.ts';
import { isNan } from '../../spec/functions.ts';
import {
  adaptiveLogSoftmaxWithLoss,
  binaryCrossEntropy,
  crossEntropy,
  diceLoss,
  focalLoss,
  generalizedCrossEntropy,
  jensenShannon,
  linearCrossEntropy,
  poissonNllLoss,
  poly1Loss,
  sigmoidFocalLoss,
  tverskyLoss,
  zLoss,
} from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { reading, real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';

const reals = (shape: readonly number[], ...data: number[]) => tensor(shape, data, 'f64');
const classes = (...data: number[]) => tensor([data.length], data, 'i64');

const values = (op: Op, tensors: Tensors, settings: object = {}): readonly number[] =>
  evaluate(op, tensors, settings, float64).cells.map((cell) => cell.value);
const slopes = (op: Op, tensors: Tensors, settings: object = {}, wrt = 'input') =>
  gradient(op, tensors, settings, { wrt, format: float64 }).cells.map((cell) => cell.value);

const close = (x: readonly number[], y: readonly number[]) => {
  expect(x).toHaveLength(y.length);
  for (const [i, xi] of x.entries()) expect(xi / y[i]! - 1).toBeCloseTo(0, 12);
};

const none = { reduction: 'none' };
const rows = { input: reals([2, 3], 1, 2, 0.5, -1, 0, 3), target: classes(1, 0) };
const weight = reals([3], 1, 2, 4);

// As PyTorch 2.13 computes what a composition of its functions says.
describe('numbers that people can look up', () => {
  test('focal loss', () => {
    close(values(focalLoss, rows, none), [0.06407763723874041, 3.927637332726167]);
    close(
      values(focalLoss, rows, { ...none, gamma: 3.5 }),
      [0.014507383549509346, 3.8270460114359914],
    );
    close(values(focalLoss, { ...rows, weight }), [1.3519308690678826]);
    close(
      slopes(focalLoss, rows),
      [
        0.041022582816405306, -0.06590403703515577, 0.024881454218750453, -0.542067252209565,
        0.025708012757002935, 0.516359239452562,
      ],
    );
  });
  test('generalized cross-entropy', () => {
    close(values(generalizedCrossEntropy, rows, none), [0.3964495132708433, 1.3456153337079082]);
    close(
      values(generalizedCrossEntropy, rows, { ...none, q: 1 }),
      [0.37146828078823757, 0.9828521744544796],
    );
    const nearly = values(generalizedCrossEntropy, rows, { ...none, q: 1e-30 });
    close(nearly, values(crossEntropy, rows, none));
    close(
      slopes(generalizedCrossEntropy, rows),
      [
        0.08352793822696364, -0.1341901937042, 0.05066225547723635, -0.028536752377302087,
        0.0013533803991455562, 0.027183371978156533,
      ],
    );
  });
  test('poly-1 loss', () => {
    close(values(poly1Loss, rows, none), [1.20730534568442, 6.031588252666388]);
    close(
      values(poly1Loss, rows, { ...none, epsilon: -1 }),
      [0.09290050331970734, 3.0830317293029497],
    );
    close(
      slopes(poly1Loss, rows),
      [
        0.2609435027063684, -0.41921373755058744, 0.15827023484421898, -0.5082798648518205,
        0.024105616409173226, 0.4841742484426474,
      ],
    );
  });
  test('z-loss', () => {
    const { input } = rows;
    close(
      values(zLoss, { input }, { ...none, coefficient: 1 }),
      [6.073113504085672, 9.399644111318894],
    );
    close(values(zLoss, { input }), [0.0007736378807702283]);
  });
  test('sigmoid focal loss', () => {
    const pairs = { input: reals([3], 1, -2, 0.5), target: reals([3], 1, 0, 0.3) };
    close(
      values(sigmoidFocalLoss, pairs, none),
      [0.005664514377116832, 0.001352672126430284, 0.14901774472877433],
    );
    close(
      slopes(sigmoidFocalLoss, pairs, { reduction: 'sum' }),
      [-0.013145282494390155, 0.0036532051465445795, 0.10934235734499317],
    );
  });
  test('Jensen–Shannon divergence', () => {
    const pair = { input: reals([3], 0.25, 0.75, 0.125), target: reals([3], 0.5, 0.5, 0.25) };
    close(values(jensenShannon, pair), [0.044440765368317606]);
    const apart = { input: reals([2], 1, 0), target: reals([2], 0, 1) };
    close(values(jensenShannon, apart), [Math.LN2]);
  });
  test('dice and Tversky loss', () => {
    const sets = {
      input: reals([1, 2, 3], 0.5, 0.25, 1, 0, 0.25, 0.5),
      target: reals([1, 2, 3], 1, 0, 1, 0, 1, 0.5),
    };
    close(values(diceLoss, sets, none), [0.1578947368421053, 0.3846153846153846]);
    close(values(tverskyLoss, sets, { alpha: 0.3, beta: 0.7 }), [0.24297924297924295]);
    close(
      slopes(tverskyLoss, sets, { alpha: 0.3, beta: 0.7 }, 'target'),
      [
        0.016801811673606545, 0.05953685440864928, -0.06866827379647891, 0.1014370245139476,
        0.04649196956889265, -0.008453085376162295,
      ],
    );
  });
  const layer = {
    input: reals([2, 2], 1, 2, -1, 0.5),
    linearWeight: reals([3, 2], 1, 0, 0.5, -1, 2, 0.25),
    linearBias: reals([3], 0, 1, -1),
  };
  test('linear cross-entropy of classes', () => {
    const target = classes(1, 2);
    const first = 2.554956919641991;
    close(values(linearCrossEntropy, { ...layer, target }, none), [first, 3.2286773621488574]);
    close(values(linearCrossEntropy, { ...layer, target }, { ignoreIndex: 2 }), [first]);
    const smoothed = { ...layer, target, weight: reals([3], 1, 2, 3) };
    const settings = { labelSmoothing: 0.1 };
    close(values(linearCrossEntropy, smoothed, settings), [2.7937823045698003]);
    close(
      slopes(linearCrossEntropy, smoothed, settings, 'linearWeight'),
      [
        -0.010524469643509476, 0.3368029960388229, -0.7361406124270202, -0.4875674479712525,
        0.7466650820705298, 0.1507644519324296,
      ],
    );
  });
  test('adaptive log-softmax', () => {
    const head = [-0.75, 0.5, -0.5, 0.75, -0.25, 1, 0, -1, 0.25, -0.75, 0.5, -0.5];
    const clusters = [0.75, -0.25, 1, 0, -1, 0.25, -0.75, 0.5];
    const projections = [-0.25, 1, 0, -1, 0.25, -0.75, 0.5, -0.5, 0.25, -0.75, 0.5, -0.5];
    // The second cluster has a projection of one row, the rest is padding.
    const adaptive = {
      input: reals([4, 4], 1, -0.5, 2, 0.25, 0.5, 1.5, -1, 0, -2, 1, 0.75, 1, 0, 0.5, 0.5, -1),
      headWeight: reals([3, 4], ...head),
      clusterWeight: reals([2, 4], ...clusters),
      tailProject: reals([2, 2, 4], ...projections, 0, 0, 0, 0),
      tailWeight: reals([4, 2], 0, -1, 0.25, -0.75, 0.5, 0, -0.5, 0),
      cluster: classes(0, 0, 1, 1),
      target: classes(1, 4, 6, 5),
      headBias: reals([3], -0.5, 0.75, -0.25),
      clusterBias: reals([2], 1, 0),
    };
    close(
      values(adaptiveLogSoftmaxWithLoss, adaptive, none),
      [4.2133421678148935, 3.263786181523465, 1.0396755410920164, 4.003250129918043],
    );
    close(values(adaptiveLogSoftmaxWithLoss, adaptive), [3.1300135050871045]);
    const slopesOf = (wrt: string) => slopes(adaptiveLogSoftmaxWithLoss, adaptive, {}, wrt);
    close(slopesOf('clusterBias'), [0.07519054078523675, -0.3448768290181433]);
    close(slopesOf('tailWeight').slice(0, 2), [0.1745603283459765, -0.19042944910470166]);
    expect(slopesOf('tailProject').slice(12)).toEqual([0, 0, 0, 0]);
    close(
      slopesOf('tailProject').slice(8, 12),
      [-0.10090661113018941, -0.0004633694406465799, -0.013076695831920254, 0.15228665557657728],
    );
    close(
      slopesOf('input').slice(12),
      [0.22764596030565742, 0.1428371225228225, 0.20218762280278677, -0.2306427180513753],
    );
  });
  test('linear cross-entropy of distributions', () => {
    const target = reals([2, 3], 0.5, 0.25, 0.25, 0, 0, 1);
    const given = { ...layer, target, weight: reals([3], 1, 2, 3) };
    const settings = { labelSmoothing: 0.1 };
    close(values(linearCrossEntropy, given, settings), [5.684523107964776]);
    close(
      slopes(linearCrossEntropy, given, settings, 'target'),
      [
        0.47473061383889575, 2.2994612276777917, 0.7491918415166873, 0.6091548129669858,
        0.31830962593397166, 4.358714438900957,
      ],
    );
  });
});

describe('confident rows', () => {
  const sure = { input: reals([2], 40, 0), target: tensor([], [0], 'i64') };
  const e = Math.exp(-40);
  test('keep their digits', () => {
    close(values(focalLoss, sure, { gamma: 0.5 }), [e ** 1.5]);
    close(slopes(focalLoss, sure, { gamma: 0.5 }), [-1.5 * e ** 1.5, 1.5 * e ** 1.5]);
    close(values(generalizedCrossEntropy, sure), [e]);
    close(values(poly1Loss, sure, { epsilon: -1 }), [e ** 2 / 2]);
    const pair = { input: reals([], 40), target: reals([], 1) };
    close(slopes(sigmoidFocalLoss, pair, { gamma: 0.5 }), [-0.375 * e ** 1.5]);
  });
});

describe('special rows', () => {
  const of = (...input: number[]) => ({
    input: reals([input.length], ...input),
    target: tensor([], [0], 'i64'),
  });
  test.each([
    [focalLoss, Infinity, -1],
    [generalizedCrossEntropy, 1 / 0.7, 0],
    [poly1Loss, Infinity, -1],
  ] as const)('$id', (op, masked, slope) => {
    expect(values(op, of(-Infinity, 0))[0]).toBeCloseTo(masked, 15);
    expect(slopes(op, of(-Infinity, 0))).toEqual([slope, -slope + 0]);
    expect(values(op, of(0, -Infinity))).toEqual([0]);
    expect(slopes(op, of(0, -Infinity))).toEqual([0, 0]);
    for (const row of [of(Infinity, 0), of(NaN, 0), of(-Infinity, -Infinity)]) {
      expect(values(op, row)).toEqual([NaN]);
      expect(slopes(op, row)).toEqual([NaN, NaN]);
    }
  });
  test('z-loss', () => {
    const input = reals([2], -Infinity, -Infinity);
    expect(values(zLoss, { input })).toEqual([Infinity]);
    expect(slopes(zLoss, { input })).toEqual([NaN, NaN]);
    expect(values(zLoss, { input }, { coefficient: 0 })).toEqual([0]);
    expect(slopes(zLoss, { input }, { coefficient: 0 })).toEqual([0, 0]);
  });
  test('Jensen–Shannon divergence: a probability of 0', () => {
    const pair = { input: reals([2], 0, 0), target: reals([2], 0.5, 0) };
    expect(values(jensenShannon, pair)[0]).toBeCloseTo(Math.LN2 / 4, 15);
    expect(slopes(jensenShannon, pair)).toEqual([-Infinity, 0]);
    expect(slopes(jensenShannon, pair, {}, 'target')).toEqual([Math.LN2 / 2, 0]);
  });
  test('two empty sets', () => {
    const empty = { input: reals([1, 1, 2], 0, 0), target: reals([1, 1, 2], 0, 0) };
    for (const op of [diceLoss, tverskyLoss]) {
      expect(values(op as Op, empty)).toEqual([0]);
      expect(values(op as Op, empty, { smooth: 0 })).toEqual([NaN]);
    }
  });
  test('linear cross-entropy: a class masked by its bias', () => {
    const layer = {
      input: reals([1], 1),
      linearWeight: reals([3, 1], 1, 0, 5),
      linearBias: reals([3], 0, 0, -Infinity),
      target: tensor([], [0], 'i64'),
    };
    const pair = { input: reals([2], 1, 0), target: layer.target };
    expect(values(linearCrossEntropy, layer)).toEqual(values(crossEntropy, pair));
    expect(slopes(linearCrossEntropy, layer, {}, 'linearBias')[2]).toBe(0);
  });
});

describe('refusals', () => {
  const pair = (p: number) => ({ input: reals([1, 1], p), target: reals([1, 1], 0) });
  const layer = { input: reals([2], 1, 2), linearWeight: reals([2, 2], 1, 2, 3, 4) };
  test.each([
    [focalLoss, rows, { gamma: -1 }, 'focal-loss: gamma = -1 should be'],
    [generalizedCrossEntropy, rows, { q: 1.5 }, 'generalized-cross-entropy: q = 1.5 should be'],
    [focalLoss, { ...rows, target: classes(1, 3) }, {}, 'focal-loss: target has 3 but should be'],
    [diceLoss, pair(1.5), {}, 'dice-loss: input has the value 1.5 but should be in [0, 1]'],
    [jensenShannon, pair(NaN), {}, 'jensen-shannon: input has the value NaN but should be'],
    [
      linearCrossEntropy,
      { ...layer, target: reals([2], 0, 1) },
      { ignoreIndex: 1 },
      'linear-cross-entropy: ignoreIndex = 1 should be left out: target holds probabilities',
    ],
    [
      linearCrossEntropy,
      { ...layer, linearWeight: reals([2, 1], 1, 2), target: tensor([], [0], 'i64') },
      {},
      'linear-cross-entropy: linearWeight has shape [2,1] but should be [C F] with F = 2',
    ],
  ] as const)('%o', (op, tensors, settings, says) => {
    expect(() => evaluate(op as Op, tensors as Tensors, settings)).toThrow(says);
  });
});

describe('what candidates are measured by', () => {
  const exact = interval(30);
  const addendsOf = (op: Op, tensors: Tensors, settings: object) =>
    reading(exact, () => {
      const lifted = lift(op, tensors, settings);
      return lifted.addends(accessTo(lifted.tensors))!.map((parts) => parts.map(String));
    });
  test('of poisson-nll-loss are the parts that may cancel, and of an infinite one the whole', () => {
    const at = (x: number, y: number) => ({ input: reals([1], x), target: reals([1], y) });
    expect(addendsOf(poissonNllLoss, at(0, 1), none)[0]).toHaveLength(2);
    expect(addendsOf(poissonNllLoss, at(Infinity, 1), none)[0]).toHaveLength(1);
  });
  test('of z-loss times 0 is nothing, also of an infinite row', () => {
    const lifted = lift(zLoss, { input: reals([1, 2], -Infinity, -Infinity) }, { coefficient: 0 });
    const parts = reading(exact, () => [
      ...lifted.derivative('input', accessTo(lifted.tensors), [real(1)])!,
    ]);
    expect(parts.map(({ addends }) => addends)).toEqual([[], []]);
  });
  test('beyond a probability of 0, where only quotients of differences reach, there is no divergence', () => {
    const isNone = reading(exact, () => {
      const beyond = { input: [real(-1)], target: [real(-2)] };
      return isNan(jensenShannon.term(beyond as never, {} as never).value);
    });
    expect(isNone).toBe(true);
  });
  test('weights: sigmoid-focal-loss of alpha 0 counts no labels of 1', () => {
    const pair = { input: reals([1], 1), target: reals([1], 1) };
    expect(values(sigmoidFocalLoss, pair, { alpha: 0 })).toEqual([0]);
    expect(values(sigmoidFocalLoss, pair, { alpha: -1 })[0]).toBeGreaterThan(0);
  });
  test('a weight of binary-cross-entropy is broadcast', () => {
    const half = { input: reals([2, 2], 0.5, 0.5, 0.5, 0.5), target: reals([2, 2], 1, 0, 1, 0) };
    const sums = values(binaryCrossEntropy, { ...half, weight: reals([2], 1, 3) }, none);
    close(sums, [Math.LN2, 3 * Math.LN2, Math.LN2, 3 * Math.LN2]);
  });
});
