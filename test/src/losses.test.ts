/** Losses: numbers that can be looked up, edges, denominators, and gradients. */
import { describe, expect, test } from 'vitest';
import {
  adaptiveLogSoftmaxWithLoss,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  klDiv,
  logSoftmax,
  nllLoss,
  reverseCrossEntropy,
  symmetricCrossEntropy,
} from '../../src/index.ts';

const f32 = Math.fround;
const floats = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Float32Array.from(data),
  shape,
});
const classes = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Int32Array.from(data),
  shape,
});
const list = ({ data }: { data: Float32Array }): number[] => [...data];
/** −0 is 0 where its sign means nothing. */
const unsigned = (tensor: { data: Float32Array }): number[] => list(tensor).map((x) => x + 0);
const nothing = Number.NaN;

const X = floats([0, 0, 2, 0], [2, 2]);
const Y = classes([0, 1]);
const oneHot = floats([1, 0, 0, 1], [2, 2]);
const weight = floats([1, 3]);

describe('cross-entropy', () => {
  test('keeps the digits of a confident sample, in its gradient too', () => {
    const inputs = { input: floats([18, 0]), target: classes([0], []) };
    expect(list(crossEntropy(inputs))).toEqual([f32(1.5229979e-8)]);
    expect(list(crossEntropy.gradient(inputs).input)).toEqual([
      -f32(1.5229979e-8),
      f32(1.5229979e-8),
    ]);
  });
  test('numbers from a well-known tutorial', () => {
    const input = floats([-2.7362, -1.4015, -0.3726, -0.8505, -1.6319, -0.9749], [2, 3]);
    const target = classes([0, 2]);
    expect(list(nllLoss({ input, target }, { reduction: 'none' }))).toEqual([
      f32(2.7362),
      f32(0.9749),
    ]);
    const loss = list(crossEntropy({ input, target }, { reduction: 'none' }));
    expect(loss).toEqual([expect.closeTo(2.736184, 6), expect.closeTo(0.974889, 6)]);
  });
  test.each([
    ['mean of classes divides by Σ w', { target: Y }, {}, 1.768483],
    ['mean of distributions divides by N', { target: oneHot }, {}, 3.536966],
    ['sum', { target: Y }, { reduction: 'sum' as const }, 7.0739317],
    ['smoothing leaves the denominator', { target: Y }, { labelSmoothing: 0.5 }, 1.46426],
    ['and that of distributions', { target: oneHot }, { labelSmoothing: 0.5 }, 2.92852],
  ])('with weights: %s', (_, target, params, due) => {
    const [loss] = list(crossEntropy({ input: X, weight, ...target }, params));
    expect(loss).toBeCloseTo(due, 5);
  });
  test('one sample cancels its weight', () => {
    const inputs = { input: floats([0, 0]), target: classes([0], []), weight: floats([7, 1]) };
    expect(list(crossEntropy(inputs))).toEqual([f32(Math.LN2)]);
  });
  test('an ignored sample is nothing, whatever it holds', () => {
    const input = floats([1, 2, 3, NaN, Infinity, 0], [2, 3]);
    const target = classes([2, 255]);
    const alone = { input: floats([1, 2, 3], [1, 3]), target: classes([2]) };
    const params = { ignoreIndex: 255 };
    expect(crossEntropy({ input, target }, params)).toEqual(crossEntropy(alone));
    expect(list(crossEntropy({ input, target }, { ...params, reduction: 'none' }))[1]).toBe(0);
    const slopes = list(crossEntropy.gradient({ input, target }, params).input);
    expect(slopes).toEqual([...list(crossEntropy.gradient(alone).input), 0, 0, 0]);
  });
  test('when all are ignored, sum is 0, mean NaN, and gradients are 0', () => {
    for (const op of [crossEntropy, nllLoss]) {
      const inputs = { input: X, target: classes([-100, -100]) };
      expect(list(op(inputs, { reduction: 'sum' }))).toEqual([0]);
      expect(list(op(inputs))).toEqual([nothing]);
      expect(unsigned(op.gradient(inputs).input)).toEqual([0, 0, 0, 0]);
      const none = { input: floats([], [0, 2]), target: classes([]) };
      expect(list(op(none))).toEqual([nothing]);
      expect(list(op(none, { reduction: 'sum' }))).toEqual([0]);
    }
  });
  test('a mean over weights that add up to 0 has no gradient', () => {
    const inputs = { input: X, target: Y, weight: floats([0, 0]) };
    expect(list(crossEntropy(inputs))).toEqual([nothing]);
    expect(list(crossEntropy.gradient(inputs).input)).toEqual(Array(4).fill(nothing));
  });
  test('a coefficient of 0 silences its class', () => {
    const input = floats([-Infinity, 0]);
    const sum = { reduction: 'sum' as const };
    expect(unsigned(crossEntropy({ input, target: floats([0, 1]) }))).toEqual([0]);
    expect(unsigned(crossEntropy({ input, target: classes([1], []) }))).toEqual([0]);
    const silent = { input, target: classes([0], []), weight: floats([0, 1]) };
    expect(unsigned(crossEntropy(silent, sum))).toEqual([0]);
    expect(list(crossEntropy({ input, target: classes([0], []) }))).toEqual([Infinity]);
    const smooth = { labelSmoothing: 0.1 };
    expect(list(crossEntropy({ input, target: classes([1], []) }, smooth))).toEqual([Infinity]);
  });
  test('smoothed away, a distribution has no slope, whatever its row holds', () => {
    const slopes = (params: object, weight?: readonly number[]) =>
      [NaN, Infinity, -Infinity, 1].map((x) => {
        const inputs = { input: floats([x]), target: floats([0]) };
        const given = weight ? { ...inputs, weight: floats(weight) } : inputs;
        return unsigned(crossEntropy.gradient(given, params).target!)[0];
      });
    expect(slopes({ labelSmoothing: 1 })).toEqual([0, 0, 0, 0]);
    expect(slopes({ reduction: 'sum' }, [0])).toEqual([0, 0, 0, 0]);
    expect(slopes({ labelSmoothing: 0.5 })).toEqual([NaN, NaN, NaN, 0]);
  });
  test('classes of all integer kinds, and in any shape', () => {
    const input = floats([1, 2, 3, 4, 5, 7, 9, 8], [2, 2, 2]);
    const none = { reduction: 'none' as const };
    const due = crossEntropy({ input, target: classes([0, 1, 1, 0], [2, 2]) }, none);
    expect(due.shape).toEqual([2, 2]);
    const shape = [2, 2];
    for (const data of [[0, 1, 1, 0], Uint8Array.of(0, 1, 1, 0), BigInt64Array.of(0n, 1n, 1n, 0n)])
      expect(crossEntropy({ input, target: { data, shape } }, none)).toEqual(due);
    // Sample (0, 1) has the logits 2 and 4, class 1.
    expect(due.data[1]).toBe(
      list(crossEntropy({ input: floats([2, 4]), target: classes([1], []) }))[0],
    );
  });
  test('the gradient of a distribution is −w (1 − ε) ln p', () => {
    const { target } = crossEntropy.gradient(
      { input: X, target: oneHot, weight },
      { reduction: 'sum', labelSmoothing: 0.5 },
    );
    const logs = list(logSoftmax({ input: X }));
    const due = logs.map((log, i) => -0.5 * weight.data[i % 2]! * log);
    expect(list(target!)).toEqual(due.map((v) => expect.closeTo(v, 6)));
    expect(crossEntropy.gradient({ input: X, target: Y })).not.toHaveProperty('target');
  });
});

describe('adaptive-log-softmax-with-loss', () => {
  const huge = 2 ** 127;
  /** Two logits of the head, or two of the tail, that are y and y − 1. */
  const head = (y: number) => ({
    ...{ input: floats([1]), headWeight: floats([0], [1, 1]), headBias: floats([y]) },
    ...{ clusterWeight: floats([-1], [1, 1]), clusterBias: floats([y]) },
    ...{ tailProject: floats([0], [1, 1, 1]), tailWeight: floats([0], [1, 1]) },
    ...{ cluster: classes([0]), target: classes([0], []) },
  });
  const tail = (y: number) => ({
    ...{ input: floats([1, 1]), headWeight: floats([], [0, 2]) },
    ...{ clusterWeight: floats([0, 0], [1, 2]), tailProject: floats([y, 0, 0, 1], [1, 2, 2]) },
    ...{ tailWeight: floats([1, 0, 1, -1], [2, 2]) },
    ...{ cluster: classes([0, 0]), target: classes([0], []) },
  });
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  test.each([1, 2 ** 50, huge])('logits near %d keep what sets them apart', (y) => {
    const slopes = adaptiveLogSoftmaxWithLoss.gradient(head(y));
    expect(list(slopes.headBias!)).toEqual([f32(-sigmoid(-1))]);
    expect(list(slopes.clusterWeight)).toEqual([f32(sigmoid(-1))]);
    expect(list(adaptiveLogSoftmaxWithLoss(head(y)))).toEqual([f32(Math.log1p(Math.exp(-1)))]);
    expect(list(adaptiveLogSoftmaxWithLoss(tail(y)))).toEqual([f32(Math.log1p(Math.exp(-1)))]);
  });
  test('logits that cancel before they are compared', () => {
    const apart = {
      ...head(0),
      ...{ input: floats([1, 1, 1]), headWeight: floats([huge, 1, -huge], [1, 3]) },
      ...{
        clusterWeight: floats([huge, 0, -huge], [1, 3]),
        tailProject: floats([0, 0, 0], [1, 1, 3]),
      },
    };
    expect(list(adaptiveLogSoftmaxWithLoss(apart))).toEqual([f32(Math.log1p(Math.exp(-1)))]);
  });
  test('a tail masked by −∞ is masked, NaN and ∞ have no softmax', () => {
    const loss = (u: number) =>
      unsigned(
        adaptiveLogSoftmaxWithLoss({ ...tail(1), tailWeight: floats([1, 0, u, 0], [2, 2]) }),
      )[0];
    expect([-Infinity, Infinity, NaN].map(loss)).toEqual([0, NaN, NaN]);
  });
});

describe('nll-loss', () => {
  const input = floats([-0.5, -0.25, -1, -2], [2, 2]);
  test('is −w x, and its mean is weighted', () => {
    const inputs = { input, target: Y, weight };
    expect(list(nllLoss(inputs, { reduction: 'none' }))).toEqual([0.5, 6]);
    expect(list(nllLoss(inputs))).toEqual([6.5 / 4]);
    expect(unsigned(nllLoss.gradient(inputs).input)).toEqual([-0.25, 0, 0, -0.75]);
  });
  test('a weight of 0 silences −∞', () => {
    const inputs = { input: floats([-Infinity, 0], [1, 2]), target: classes([0]) };
    const silent = { ...inputs, weight: floats([0, 1]) };
    expect(unsigned(nllLoss(silent, { reduction: 'sum' }))).toEqual([0]);
    expect(list(nllLoss(inputs))).toEqual([Infinity]);
  });
});

describe('binary-cross-entropy', () => {
  const none = { reduction: 'none' as const };
  test('clamps logarithms at −100, in its gradient too', () => {
    const inputs = { input: floats([0, 0, 1, 1, 0.5]), target: floats([0, 1, 0, 1, 0.25]) };
    const due = [0, 100, 100, 0, f32(Math.LN2)];
    expect(unsigned(binaryCrossEntropy(inputs, none))).toEqual(due);
    const { input, target } = binaryCrossEntropy.gradient(inputs, none);
    expect(unsigned(input)).toEqual([1, 0, 0, -1, 1]);
    expect(unsigned(target)).toEqual([100, 100, -100, -100, 0]);
  });
  test('−0 is the probability 0', () => {
    const of = (p: number, t: number) => ({ input: floats([p]), target: floats([t]) });
    for (const t of [0, 0.25, 1]) {
      expect(unsigned(binaryCrossEntropy(of(-0, t), none))).toEqual([100 * t]);
      const { input, target } = binaryCrossEntropy.gradient(of(-0, t), none);
      expect([...unsigned(input), ...unsigned(target)]).toEqual([1 - t, 100]);
    }
  });
  test('a small probability keeps its digits', () => {
    const x = 2 ** -30;
    const inputs = { input: floats([x, 2 ** -149]), target: floats([0, 0]) };
    expect(list(binaryCrossEntropy(inputs, none))).toEqual([f32(x + x * x), 2 ** -149]);
  });
  test('the gradient has no floor, and none where the logarithm is clamped', () => {
    const x = [2 ** -100, 2 ** -144, 2 ** -145];
    const inputs = { input: floats(x), target: floats([1, 1, 1]) };
    const { input } = binaryCrossEntropy.gradient(inputs, none);
    // ln 2⁻¹⁴⁴ = −99.8 and ln 2⁻¹⁴⁵ = −100.5; 2¹⁴⁴ is beyond float32.
    expect(unsigned(input)).toEqual([-(2 ** 100), -Infinity, 0]);
  });
  test('the mean divides by the count, weights or not, and weights broadcast', () => {
    const inputs = { input: floats([0.5, 0.5]), target: floats([0, 1]), weight };
    expect(list(binaryCrossEntropy(inputs))).toEqual([f32(2 * Math.LN2)]);
    const wide = {
      input: floats([0.5, 0.5, 0.5, 0.5], [2, 2]),
      target: floats([0, 1, 0, 1], [2, 2]),
    };
    const column = floats([1, 3], [2, 1]);
    const due = [1, 1, 3, 3].map((w) => f32(w * Math.LN2));
    expect(list(binaryCrossEntropy({ ...wide, weight: column }, none))).toEqual(due);
  });
});

describe('binary-cross-entropy-with-logits', () => {
  const none = { reduction: 'none' as const };
  const infinite = floats([Infinity, -Infinity, -Infinity, Infinity]);
  test('limits hold at ±∞', () => {
    const inputs = { input: infinite, target: floats([1, 0, 1, 0]) };
    expect(unsigned(binaryCrossEntropyWithLogits(inputs, none))).toEqual([
      0,
      0,
      Infinity,
      Infinity,
    ]);
    const { input } = binaryCrossEntropyWithLogits.gradient(inputs, none);
    expect(unsigned(input)).toEqual([0, 0, -1, 1]);
  });
  test('no clamp and no lost digits', () => {
    const inputs = { input: floats([-200, 100, 0]), target: floats([1, 1, 0.3]) };
    expect(list(binaryCrossEntropyWithLogits(inputs, none))).toEqual([
      200,
      f32(3.783505853677006e-44),
      f32(Math.LN2),
    ]);
  });
  test('posWeight weighs the positive part, and without it the slope in the target is −x', () => {
    const inputs = { input: floats([0, 3]), target: floats([1, 0]) };
    const weighted = { ...inputs, posWeight: floats([5]) };
    const loss = list(binaryCrossEntropyWithLogits(weighted, none));
    expect(loss[0]).toBe(f32(5 * Math.LN2));
    expect(loss[1]).toBe(list(binaryCrossEntropyWithLogits(inputs, none))[1]);
    expect(list(binaryCrossEntropyWithLogits.gradient(inputs, none).target)).toEqual([0, -3]);
    const { target } = binaryCrossEntropyWithLogits.gradient(weighted, none);
    expect(target.data[0]).toBe(f32(4 * Math.LN2));
  });
});

describe('kl-div', () => {
  const inputs = { input: floats([-1, -2], [1, 2]), target: floats([0.5, 0.5], [1, 2]) };
  test('mean, batchmean and sum', () => {
    const sum = list(klDiv(inputs, { reduction: 'sum' }))[0]!;
    expect(sum).toBeCloseTo(0.806853, 6);
    expect(list(klDiv(inputs))).toEqual([sum / 2]);
    expect(list(klDiv(inputs, { reduction: 'batchmean' }))).toEqual([sum]);
  });
  test('a probability of 0 is silent, a negative one NaN', () => {
    const pair = { input: floats([-Infinity, -1, -1, -1]), target: floats([0, 0, -1, 1]) };
    const none = { reduction: 'none' as const };
    expect(unsigned(klDiv(pair, none))).toEqual([0, 0, nothing, 1]);
    const { input, target } = klDiv.gradient(pair, none);
    expect(unsigned(input)).toEqual([0, 0, nothing, -1]);
    expect(list(target)).toEqual([nothing, -Infinity, nothing, 2]);
  });
  test('logTarget, with 0 at −∞', () => {
    const pair = { input: floats([-Infinity, -1, -3]), target: floats([-Infinity, -Infinity, 0]) };
    const params = { reduction: 'none' as const, logTarget: true };
    expect(unsigned(klDiv(pair, params))).toEqual([0, 0, 3]);
    const { input, target } = klDiv.gradient(pair, params);
    expect(unsigned(input)).toEqual([0, 0, -1]);
    expect(unsigned(target)).toEqual([0, 0, 4]);
  });
});

describe('symmetric and reverse cross-entropy', () => {
  const inputs = { input: floats([10, 5, -6, 8, 8, 8], [2, 3]), target: classes([0, 2]) };
  const none = { reduction: 'none' as const };
  test('worked numbers', () => {
    expect(list(crossEntropy(inputs, none))).toEqual([
      f32(0.0067154602711054),
      f32(1.09861228866811),
    ]);
    expect(list(reverseCrossEntropy(inputs, none))).toEqual([
      f32(0.2774000597896),
      f32(27.6310211159285),
    ]);
    expect(list(symmetricCrossEntropy(inputs))).toEqual([f32(14.5068744623287)]);
    expect(list(symmetricCrossEntropy(inputs, { eps: 1e-4 }))).toEqual([f32(3.65405956290407)]);
    const paper = { eps: 1e-4, probabilityEps: 1e-7 };
    expect(list(symmetricCrossEntropy(inputs, paper))).toEqual([f32(3.65359956056052)]);
  });
  test('a and b weigh the parts, and a = 0 silences an infinite one', () => {
    const sum = { reduction: 'sum' as const };
    expect(symmetricCrossEntropy(inputs, { ...sum, b: 0 })).toEqual(crossEntropy(inputs, sum));
    expect(symmetricCrossEntropy(inputs, { ...sum, a: 0 })).toEqual(
      reverseCrossEntropy(inputs, sum),
    );
    const masked = { input: floats([-Infinity, 0]), target: classes([0], []) };
    expect(list(symmetricCrossEntropy(masked))).toEqual([Infinity]);
    expect(Number.isFinite(list(symmetricCrossEntropy(masked, { a: 0 }))[0])).toBe(true);
  });
  test('a clamped probability has no slope, one at the clamp its own', () => {
    const even = { input: floats([0, 0]), target: classes([0], []) };
    const slopes = (probabilityEps: number) =>
      list(reverseCrossEntropy.gradient(even, { eps: 0.5, probabilityEps }).input);
    expect(slopes(0.5)).toEqual([f32(-Math.LN2 / 4), f32(Math.LN2 / 4)]);
    expect(slopes(0.5000001).map((s) => s + 0)).toEqual([0, 0]);
    // A half, and less than a half by more than a float64 can tell.
    const params = { eps: 0.5, probabilityEps: 0.5 };
    for (const little of [2 ** -60, 2 ** -100, 2 ** -149]) {
      const below = { input: floats([little, 0]), target: classes([0], []) };
      expect(unsigned(reverseCrossEntropy.gradient(below, params).input)).toEqual([0, 0]);
      const above = { input: floats([-little, 0]), target: classes([0], []) };
      expect(list(reverseCrossEntropy.gradient(above, params).input)).toEqual(slopes(0.5));
      const three = { input: floats([0, little, 0]), target: classes([0], []) };
      expect(unsigned(reverseCrossEntropy.gradient(three, params).input)).toEqual([0, 0, 0]);
    }
    // Nor does a class that is nearly masked go unnoticed.
    const masked = { input: floats([0, 0, -300]), target: classes([0], []) };
    expect(unsigned(reverseCrossEntropy.gradient(masked, params).input)).toEqual([0, 0, 0]);
  });
  test('a confident sample keeps its digits', () => {
    const sure = { input: floats([40, 0]), target: classes([0], []) };
    const [loss] = list(reverseCrossEntropy(sure));
    expect(loss! / (4.24835425529159e-18 * 41.4465316738928)).toBeCloseTo(1, 6);
  });
});
