/** Losses from formulas, and losses of terms: all ways through them give the same, also at ±∞ and NaN. */
import { afterEach, describe, expect, test } from 'vitest';
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
} from '../../src/index.ts';
import { force, readings } from '../../src/kernel/reading.ts';
import { termLoss } from '../../src/term-loss.ts';
import { random } from './patterns.ts';

const floats = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Float32Array.from(data),
  shape,
});
const list = ({ data }: { data: Float32Array }): number[] => [...data].map((x) => x + 0);

afterEach(() => force(undefined));

const losses = [
  ...[l1Loss, mseLoss, smoothL1Loss, huberLoss, logCoshLoss, quantileLoss, msleLoss, mapeLoss],
  poissonNllLoss,
] as unknown as readonly (typeof l1Loss)[];

/** More than a block of the kernels, the last one not full. */
const COUNT = 5000;
function inputsOf(odd?: number) {
  const next = random(7);
  const column = () => floats(Array.from({ length: COUNT }, () => next() * 4));
  const [input, target, weight] = [column(), column(), column()];
  if (odd !== undefined) input.data[COUNT - 3] = odd;
  return { input, target, weight };
}

describe.each(losses.map((op) => [op.id, op] as const))('%s', (_, op) => {
  const given = ({ input, target }: ReturnType<typeof inputsOf>) => ({ input, target });
  test('every reading gives the same bits', () => {
    const answers = readings.map((reading) => {
      force(reading);
      return op.valueAndGradient(given(inputsOf()), { reduction: 'none' });
    });
    for (const answer of answers.slice(1)) expect(answer).toEqual(answers[0]);
  });
  test.each([NaN, Infinity, -Infinity])('an element of %d changes no other', (odd) => {
    const params = { reduction: 'none' } as const;
    const plain = op.valueAndGradient(given(inputsOf()), params);
    const special = op.valueAndGradient(given(inputsOf(odd)), params);
    const isFar = (a: Float32Array, b: Float32Array) =>
      a.some((x, i) => i !== COUNT - 3 && !(Math.abs(x - b[i]!) <= 2 ** -23 * Math.abs(x)));
    // Kernels and what answers in their place may round apart.
    expect(isFar(plain.value.data, special.value.data)).toBe(false);
    expect(isFar(plain.gradient.input.data, special.gradient.input.data)).toBe(false);
  });
  test('value and gradient at once are those of each alone', () => {
    for (const reduction of ['none', 'sum', 'mean'] as const) {
      const both = op.valueAndGradient(given(inputsOf()), { reduction });
      expect(both.value).toEqual(op(given(inputsOf()), { reduction }));
      expect(both.gradient).toEqual(op.gradient(given(inputsOf()), { reduction }));
    }
  });
});

describe('the logarithm of a rate next to 1', () => {
  const rates = { logInput: false, eps: 1 };
  const next = [2 ** -53, -(2 ** -63), 5.440092820663267e-15, -2.1149748619109232e-14];
  const tiny = floats([...next, 2 ** -149, -(2 ** -149)]);
  const logs = [...tiny.data].map(Math.log1p).map(Math.fround);
  const answers = (odd: readonly number[]) => {
    const inputs = {
      input: floats([...tiny.data, ...odd]),
      target: floats([...tiny.data, ...odd].map(() => 1024)),
    };
    const none = { ...rates, reduction: 'none' } as const;
    const { value, gradient } = poissonNllLoss.valueAndGradient(inputs, none);
    const part = (t: { data: Float32Array }) => list(t).slice(0, tiny.data.length);
    return { value: part(value), target: part(gradient.target) };
  };

  test.each(readings)('is what the sum of rate and eps has lost, in %s', (reading) => {
    force(reading);
    expect(answers([]).target).toEqual(logs.map((log) => -log));
    expect(answers([]).value).toEqual(
      [...tiny.data].map((x, i) => Math.fround(x - 1024 * logs[i]!)),
    );
  });
  test('beside an element that no kernel is made for, too', () => {
    for (const odd of [-2, Infinity, NaN]) expect(answers([odd])).toEqual(answers([]));
  });
  test('in a mean of which it is all', () => {
    const inputs = { input: floats([0, -(2 ** -149)]), target: floats([0, 1024]) };
    expect(list(poissonNllLoss(inputs, rates))).toEqual([2 ** -140]);
  });
});

describe('weights', () => {
  test('what mean divides by', () => {
    const lists = { input: floats([1, 3]), target: floats([0, 0]), weight: floats([1, 3]) };
    expect([l1Loss, mseLoss, huberLoss].map((op) => list(op(lists))[0])).toEqual([2.5, 7, 4]);
    expect(list(mseLoss.gradient(lists).input)).toEqual([0.5, 4.5]);
  });
  test('a weight of 0 silences an infinite error', () => {
    const lists = { input: floats([Infinity, 1]), target: floats([0, 0]), weight: floats([0, 1]) };
    for (const op of [l1Loss, mseLoss, huberLoss]) {
      expect(list(op(lists, { reduction: 'sum' }))).toEqual([op === huberLoss ? 0.5 : 1]);
      expect(list(op.gradient(lists, { reduction: 'sum' }).input)[0]).toBe(0);
    }
  });
  test('they have the shape of the input', () => {
    const lists = { input: floats([1, 3]), target: floats([0, 0]), weight: floats([1]) };
    expect(() => mseLoss(lists)).toThrow(
      "mse-loss: weight has shape [1] but should be the input's shape = [2]",
    );
    expect(() => smoothL1Loss(lists as never)).toThrow('input weight is unknown');
  });
});

describe('losses of terms', () => {
  test('a variance that is shared has the sum of the slopes, and its errors are its own', () => {
    const pair = { input: floats([1, 3]), target: floats([0, 0]) };
    const sum = { reduction: 'sum' } as const;
    expect(list(gaussianNllLoss.gradient({ ...pair, var: floats([1], []) }, sum).var)).toEqual([
      -4,
    ]);
    expect(list(gaussianNllLoss.gradient({ ...pair, var: floats([0, 1]) }, sum).var)).toEqual([
      0, -4,
    ]);
    expect(() => gaussianNllLoss({ ...pair, var: floats([-1]) })).toThrow('var[0] is -1');
    expect(() => gaussianNllLoss({ ...pair, var: floats([1, 1, 1]) })).toThrow('should broadcast');
  });

  /** Σ_d s_d a_d b_d, of which only some count. */
  const dots = termLoss({
    id: 'dots',
    parameters: {},
    inputs: { a: 'vector', b: 'vector', t: 'class', s: 'shared' },
    differentiable: ['a', 's'],
    optional: ['s'],
    value: ({ a, b, s }) => Array.from(a, (x, d) => s[d]! * x * b[d]!).reduce((p, q) => p + q, 0),
    slopes: ({ a, b, s }) => ({
      a: Array.from(b, (y, d) => s[d]! * y),
      s: Array.from(a, (x, d) => x * b[d]!),
    }),
    weight: ({ t }) => t,
  });
  const lists = {
    a: floats([1, 2, 3, 4], [2, 2]),
    b: floats([1, 1, 2, 2], [2, 2]),
    t: { data: [1, 1], shape: [2] },
  };
  test('vectors, a shared one that is 1 where it is absent, classes, and an own denominator', () => {
    expect(list(dots(lists, { reduction: 'none' }))).toEqual([3, 14]);
    expect(list(dots(lists))).toEqual([8.5]);
    const s = floats([1, 0]);
    expect(list(dots({ ...lists, s }, { reduction: 'none' }))).toEqual([1, 6]);
    const slopes = dots.gradient({ ...lists, s }, { reduction: 'sum' });
    expect(list(slopes.a)).toEqual([1, 0, 2, 0]);
    expect(list(slopes.s)).toEqual([7, 10]);
  });
  test.each([
    [{ ...lists, b: floats([1, 1]) }, 'dots: b has shape [2] but should be [2, 2]'],
    [
      { ...lists, t: { data: [1, 2], shape: [2] } },
      'dots: t[1] is 2 but should be a class in [0, 2)',
    ],
    [{ ...lists, a: floats([1], []) }, 'dots: a has shape [] but should have an axis'],
    [{ ...lists, s: floats([1]) }, 'dots: s has shape [1] but should be [2]'],
  ])('a wrong shape or class: %#', (wrong, message) => expect(() => dots(wrong)).toThrow(message));
});
