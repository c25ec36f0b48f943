/** Losses of a number and its target: numbers to look up, kinks, clamps, limits, and what is refused. */
import { describe, expect, test } from 'vitest';
import { float64 } from '../../spec/format.ts';
import {
  gaussianNllLoss,
  huberLoss,
  l1Loss,
  logCoshLoss,
  mapeLoss,
  mseLoss,
  msleLoss,
  poissonNllLoss,
  quantileLoss,
  smoothL1Loss,
} from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { tensor } from '../../spec/tensor.ts';

type Lists = { readonly [input: string]: readonly number[] | number };
const tensors = (lists: Lists) =>
  Object.fromEntries(
    Object.entries(lists).map(([name, data]) => [
      name,
      typeof data === 'number' ? tensor([], [data], 'f64') : tensor([data.length], data, 'f64'),
    ]),
  );
const values = (op: Op, lists: Lists, settings: object = {}): number[] =>
  evaluate(op, tensors(lists), settings, float64).cells.map(({ value }) => value + 0);
const slopes = (op: Op, wrt: string, lists: Lists, settings: object = {}): number[] =>
  gradient(op, tensors(lists), settings, { wrt, format: float64 }).cells.map((c) => c.value + 0);

describe('numbers of PyTorch 2.13', () => {
  test.each([
    [smoothL1Loss, { input: 2, target: 0 }, { beta: 0.5 }, 1.75],
    [huberLoss, { input: 2, target: 0 }, { delta: 0.5 }, 0.875],
    [poissonNllLoss, { input: 0, target: 2 }, { full: true }, 1.651806484604536],
    [poissonNllLoss, { input: 0, target: 1 }, { full: true }, 1],
    [gaussianNllLoss, { input: 0, target: 2, var: 0 }, {}, 1999993.092244721],
    [gaussianNllLoss, { input: 0, target: 2, var: 1 }, {}, 2],
  ])('%o %o %o', (op, lists, settings, due) =>
    expect(values(op as Op, lists, settings)).toEqual([due]),
  );
});

describe('what mean divides weighted terms by', () => {
  const lists = { input: [1, 3], target: [0, 0], weight: [1, 3] };
  test.each([
    ['l1-loss: Σ w', l1Loss, 2.5],
    ['mse-loss: Σ w', mseLoss, 7],
    ['huber-loss: the number of elements', huberLoss, 4],
  ])('%s', (_, op, due) => expect(values(op as Op, lists)).toEqual([due]));
  test('weights that add up to 0 leave no mean and no slope', () => {
    const none = { input: [1, 1], target: [0, 1], weight: [0, 0] };
    for (const op of [l1Loss, mseLoss] as Op[]) {
      expect(values(op, none)).toEqual([NaN]);
      expect(slopes(op, 'input', none)).toEqual([NaN, NaN]);
    }
    expect(values(huberLoss as Op, none)).toEqual([0]);
  });
});

describe('kinks, clamps and limits', () => {
  const at = (op: Op, x: number, y: number, settings: object = {}) => [
    values(op, { input: x, target: y }, settings)[0],
    slopes(op, 'input', { input: x, target: y }, settings)[0],
    slopes(op, 'target', { input: x, target: y }, settings)[0],
  ];
  test('quantile-loss at its kink has the middle of the slopes', () => {
    expect(at(quantileLoss as Op, 1, 1, { tau: 0.75 })).toEqual([0, -0.25, 0.25]);
    expect(at(quantileLoss as Op, 0, 2, { tau: 0.75 })).toEqual([1.5, -0.75, 0.75]);
    expect(at(quantileLoss as Op, 2, 0, { tau: 0.75 })).toEqual([0.5, 0.25, -0.25]);
    expect(at(quantileLoss as Op, -Infinity, 0, { tau: 0 })).toEqual([0, 0, 0]);
  });
  test('msle-loss: a negative number is eps, and eps itself still has a slope', () => {
    expect(at(msleLoss as Op, -1, -2)).toEqual([0, 0, 0]);
    const [, below] = at(msleLoss as Op, 0.25, 1, { eps: 0.5 });
    const [, on] = at(msleLoss as Op, 0.5, 1, { eps: 0.5 });
    expect(below).toBe(0);
    expect(on).toBeCloseTo((2 * Math.log(1.5 / 2)) / 1.5, 14);
    expect(at(msleLoss as Op, Infinity, 1)).toEqual([Infinity, 0, -Infinity]);
  });
  test('mape-loss is a percentage of the target', () => {
    expect(at(mapeLoss as Op, 3, 2)).toEqual([50, 50, -75]);
    expect(at(mapeLoss as Op, 0, 2)).toEqual([100, -50, 0]);
    expect(at(mapeLoss as Op, 1, Infinity)).toEqual([100, 0, 0]);
    expect(at(mapeLoss as Op, 1, 0, { eps: 0.5 })).toEqual([200, 200, -200]);
  });
  test('log-cosh-loss keeps its digits', () => {
    expect(values(logCoshLoss as Op, { input: 2 ** -40, target: 0 })).toEqual([2 ** -81]);
    expect(at(logCoshLoss as Op, Infinity, 0)).toEqual([Infinity, 1, -1]);
    expect(values(logCoshLoss as Op, { input: 1000, target: 0 })[0]).toBeCloseTo(999.30685, 5);
  });
  test('poisson-nll-loss: what is infinite alone costs the limit', () => {
    expect(at(poissonNllLoss as Op, Infinity, 2)).toEqual([Infinity, Infinity, -Infinity]);
    expect(at(poissonNllLoss as Op, -Infinity, 0)).toEqual([0, 0, Infinity]);
    const full = { full: true };
    expect(at(poissonNllLoss as Op, 0, Infinity, full)).toEqual([Infinity, -Infinity, Infinity]);
    const rate = { logInput: false, eps: 0 };
    expect(at(poissonNllLoss as Op, 0, 0, rate)).toEqual([0, 1, Infinity]);
    expect(at(poissonNllLoss as Op, -1, 0, rate)).toEqual([NaN, NaN, NaN]);
  });
  test('poisson-nll-loss jumps by ½ log 2π − 1 just above a target of 1', () => {
    const above = 1 + 2 ** -52;
    const [full] = at(poissonNllLoss as Op, 0, above, { full: true });
    expect(full! - 1).toBeCloseTo(Math.log(2 * Math.PI) / 2 - 1, 14);
  });
  test('gaussian-nll-loss: below eps the variance has no slope, and shared ones add theirs up', () => {
    const of = (variance: number[] | number) => ({ input: [1, 3], target: [0, 0], var: variance });
    const sum = { reduction: 'sum' };
    expect(slopes(gaussianNllLoss as Op, 'var', of([0, 1]), sum)).toEqual([0, -4]);
    expect(slopes(gaussianNllLoss as Op, 'var', of(1), sum)).toEqual([-4]);
  });
});

describe('refused', () => {
  const pair = { input: 1, target: 1 };
  test.each([
    ['beta', smoothL1Loss, pair, { beta: -1 }, /beta = -1/],
    ['delta', huberLoss, pair, { delta: 0 }, /delta = 0/],
    ['tau', quantileLoss, pair, { tau: 1.5 }, /tau = 1.5/],
    ['eps of mape-loss', mapeLoss, pair, { eps: 0 }, /eps = 0/],
    ['a negative variance', gaussianNllLoss, { ...pair, var: -1 }, {}, /var has the value -1/],
    ['a target of another shape', mseLoss, { input: [1, 2], target: 1 }, {}, /target has shape/],
    ['a weight that is broadcast', l1Loss, { input: [1], target: [1], weight: 1 }, {}, /weight/],
  ])('%s', (_, op, lists, settings, message) =>
    expect(() => values(op as unknown as Op, lists, settings)).toThrow(message),
  );
});
