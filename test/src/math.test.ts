/** What operators are made of, in small: exact parts and sums, functions, ends of ranges, norms, alignments, pairs. */
import { describe, expect, test } from 'vitest';
import { generatedModule } from '../../src/generate.ts';
import { ctcLoss, mseLoss, tripletMarginLoss } from '../../src/index.ts';
import { keyOf } from '../../src/kernel/compile.ts';
import { input } from '../../src/kernel/expression.ts';
import { PRECISE } from '../../src/kernel/kernel.ts';
import { kernelSource } from '../../src/kernel/number.ts';
import { worstError } from '../../src/kernel/worst-error.ts';
import { elementwiseKernels } from '../../src/kernels.ts';
import { posteriors } from '../../src/math/alignments.ts';
import { byNorm } from '../../src/math/euclidean.ts';
import {
  exactSum,
  minus,
  partsOf,
  plusAll,
  productParts,
  signOf,
  squareOfDifference,
} from '../../src/math/exact-sum.ts';
import { exp as expKernel } from '../../src/math/exp.ts';
import { exp, expm1, log, log1p, sigmoid, softplus } from '../../src/math/float64.ts';
import { seriesOn } from '../../src/math/gate.ts';
import { lastFloat } from '../../src/math/last-float.ts';
import { type PairFormulas, pairKernels } from '../../src/math/pair-kernels.ts';
import { parts, reciprocal } from '../../src/math/parts.ts';
import { pairLoss } from '../../src/pair-loss.ts';
import { classes, floats } from './tensors.ts';

const none = { reduction: 'none' } as const;

describe('numbers in parts', () => {
  const numbers = [0.1, 1 / 3, -Math.PI, 1 + 2 ** -52, 7e10, 2 ** -100 * (1 + 2 ** -30)];
  const isShort = (x: number, bits: number): boolean =>
    x === 0 || Number.isInteger(x / 2 ** (Math.floor(Math.log2(Math.abs(x))) + 1 - bits));

  test.each(numbers)('%d is the sum of 29 bits and 24 bits', (x) => {
    const { high, low } = parts(x);
    expect(minus([x], [high, low])).toBe(0);
    expect([isShort(high, 29), isShort(low, 24)]).toEqual([true, true]);
  });
  test.each(numbers)('1/%d in three of them is off by less than 2⁻¹⁰⁰ of itself', (x) => {
    const { high, low, rest } = reciprocal(x);
    expect({ high, low }).toEqual(parts(1 / x));
    const error = exactSum([...productParts(x, [high, low, rest]), -1]);
    expect(Math.abs(error)).toBeLessThan(2 ** -100);
  });
});

describe('sums that lose nothing', () => {
  test('have no part that is 0, and so the sign of the last', () => {
    expect(plusAll([], [1, 2 ** -60, -1])).toEqual([2 ** -60]);
    expect(signOf(plusAll([], [1, -(2 ** -60), -1]))).toBe(-1);
    expect(plusAll([], [1, -1])).toEqual([]);
    expect(partsOf([1, 2 ** -60])).toEqual([2 ** -60, 1]);
  });
  test('are the square of a difference', () => {
    // (1 + 2⁻⁶⁰)² = 1 + 2⁻⁵⁹ + 2⁻¹²⁰
    expect(squareOfDifference(1, -(2 ** -60))).toEqual([2 ** -120, 2 ** -59, 1]);
    expect(squareOfDifference(3, 3)).toEqual([]);
  });
});

describe('functions in float64', () => {
  test.each([
    ['exp', exp, 1, Math.E],
    ['expm1', expm1, 0.5, 0.6487212707001282],
    ['log', log, 0.75, -0.2876820724517809],
    ['log1p', log1p, 0.5, 0.4054651081081644],
    ['log1p', log1p, -0.25, -0.2876820724517809],
    ['sigmoid', sigmoid, 1, 0.7310585786300049],
    ['sigmoid', sigmoid, -1, 0.2689414213699951],
    ['softplus', softplus, 1, 1.3132616875182228],
    ['softplus', softplus, -1, 0.31326168751822286],
  ] as const)('%s has 48 bits: %#', (_, f, x, due) => {
    expect(Math.abs(f(x) / due - 1)).toBeLessThan(2 ** -48);
  });
  test('far from 0 keep what they are', () => {
    expect([sigmoid(1000), softplus(1000)]).toEqual([1, 1000]);
    expect([sigmoid(-1000), softplus(-1000)]).toEqual([exp(-400), exp(-400)]);
  });
  test('what the exponential states of its argument is so', () => {
    const x = input('x');
    const target = PRECISE - 2 ** -53;
    const { relative } = worstError(expKernel(x), x, [1, 1 + 2 ** -12], { target });
    expect(relative).toBeLessThan(target);
  });
});

describe('ends of ranges', () => {
  test.each([0, 20, -1.5, 2 ** -149, -(2 ** -149), (2 - 2 ** -23) * 2 ** 127, Infinity, -Infinity])(
    'the last float that is at most %d',
    (end) => {
      expect(lastFloat((x) => x <= end) + 0).toBe(end);
    },
  );
  test('the last float that is less than 1', () => {
    expect(lastFloat((x) => x < 1)).toBe(1 - 2 ** -24);
  });
  test('a series begins and ends at centres, which are counted', () => {
    const { from, to, steps } = seriesOn('series', [-2, 3], 4, [1, 2], () => []);
    expect({ from, to, steps }).toEqual({ from: -8, to: 12, steps: 4 });
  });
});

test('the module of all kernels has each by the key of its source', () => {
  const text = generatedModule();
  for (const kernel of elementwiseKernels.slice(0, 5)) {
    const source = kernelSource(kernel);
    expect(text).toContain(`'${keyOf(source)}': (`);
    expect(text).toContain(source);
  }
});

describe('norms', () => {
  /** ‖u‖ − ‖v‖ + margin, and the sign of it without a margin. */
  const of = (p: number, u: readonly number[], v: readonly number[], margin = 0) => {
    const { between, compare, difference } = byNorm(p, 0);
    const [x, y] = [u, v].map((vector) => between(vector, [0, 0]));
    return { sign: Math.sign(compare(x!, y!)), difference: difference(x!, y!, margin) };
  };
  test.each([
    [3, 4, 5],
    [5, 12, 13],
    [8, 15, 17],
  ])('of (%d, %d) and (%d, 0) are the same for p = 2', (a, b, c) => {
    for (const equal of [of(2, [a, b], [c, 0]), of(2, [c, 0], [a, b])])
      expect(equal).toEqual({ sign: 0, difference: 0 });
    expect(of(2, [0, 0], [a, b], c).difference).toBe(0);
    expect(of(2, [0, 0], [a, b], c + 2 ** -45).difference).toBe(2 ** -45);
  });
  test.each([
    [1, 3],
    [2, 7],
    [3, 7],
  ])('of (%d, %d) is their sum for p = 1', (a, b) => {
    expect(of(1, [0, 0], [a, b], a + b).difference).toBe(0);
    expect(of(1, [0, 0], [a, b], a + b + 2 ** -45).difference).toBe(2 ** -45);
    expect(of(1, [a, b], [a + b, 0])).toEqual({ sign: 0, difference: 0 });
  });
  test.each([1, 2, 3, Infinity])('of vectors without components are 0 for p = %d', (p) => {
    const empty = floats([], [2, 0]);
    const given = { anchor: empty, positive: empty, negative: empty };
    const loss = tripletMarginLoss(given, { p, swap: true, margin: 3, ...none });
    expect(loss).toEqual(floats([3, 3]));
  });
});

describe('alignments', () => {
  const scores = (...list: readonly number[]) => ({
    ...{ steps: list.length, labels: Int32Array.of(0), at: (t: number) => list[t]! },
  });
  // Before, after and in all there are digits that one float64 has no room for, or there are none.
  test.each([
    [2 ** 60, 0, 1],
    [2 ** 60, 1, -1],
    [-1, 1, 2 ** 60],
    [2 ** 60, 1, 2 ** 60],
    [3, 4, 5],
  ])('the only one has all the weight, with the scores %d, %d and %d', (...list) => {
    const { at } = posteriors(scores(...list));
    expect(list.map((_, t) => at(t, 0))).toEqual([1, 1, 1]);
  });
  test('scores are asked for where there are some', () => {
    const at = (t: number, s: number): number => {
      if (!(t >= 0 && t < 2 && s >= 0 && s < 3)) throw new RangeError(`no score at ${t}, ${s}`);
      return -1;
    };
    // Three alignments of one label in two steps.
    const { logTotal } = posteriors({ steps: 2, labels: Int32Array.of(0, 1, 0), at });
    expect(logTotal).toBeCloseTo(Math.log(3) - 2, 14);
  });
  test('NaN is not forgotten in later steps', () => {
    const later = Array.from({ length: 9 }, () => [-1, -2]).flat();
    for (let steps = 1; steps < 9; steps++) {
      const loss = ctcLoss({
        input: floats([NaN, NaN, ...later.slice(0, 2 * steps)], [steps + 1, 2]),
        target: classes([1]),
        inputLengths: classes([steps + 1], []),
        targetLengths: classes([1], []),
      });
      expect(loss.data[0]).toBeNaN();
    }
  });
});

describe('losses of pairs', () => {
  /** v x t */
  const product: PairFormulas = (x, t, _, v) => {
    const [ofX, ofT] = v ? [v.times(t), v.times(x)] : [t, x];
    return { loss: x.times(ofX), slopes: { input: ofX, target: ofT } };
  };
  test('have no constants unless some are named', () => {
    const { names, all } = pairKernels('product', product);
    expect(names).toEqual([]);
    for (const { scalars, results } of all)
      expect(scalars!.map(({ name }) => name)).toEqual('input' in results ? ['scale'] : []);
  });

  const missed = (): number => {
    throw new Error('the kernel could have answered');
  };
  const weights = (i: number): number => i + 2;
  test.each([
    ['nothing', {}, undefined, 1, 1],
    ['weights', { w: weights }, undefined, 2, 3],
    ['weights of a part', { v: weights }, undefined, 2, 3],
    ['both', { w: weights, v: weights }, undefined, 4, 9],
    ['a cotangent', {}, [5, 7], 1, 1],
    ['weights and a cotangent', { w: weights }, [5, 7], 2, 3],
  ])('with %s kernels answer what is usual', (_, more, cotangent, first, second) => {
    const [x, t] = [Float32Array.of(1, 2), Float32Array.of(3, 11)];
    const { run } = pairKernels('product', product);
    const { both } = pairLoss(
      {
        ...{ shape: [2], x, t, denominator: 2, run, ...more },
        ...{ value: missed, slopes: { input: missed, target: missed } },
      },
      'none',
    );
    const [value, input, target] = [0, 0, 0].map(() => new Float32Array(2));
    both!(cotangent && Float32Array.from(cotangent), value!, { input: input!, target: target! });
    const [g, h] = cotangent ?? [1, 1];
    expect([...value!]).toEqual([3 * first, 22 * second]);
    expect([...input!]).toEqual([3 * first * g!, 11 * second * h!]);
    expect([...target!]).toEqual([first * g!, 2 * second * h!]);
  });

  const given = (input: readonly number[], target: readonly number[]) => ({
    ...{ input: floats(input), target: floats(target) },
  });
  const list = ({ data }: { data: Float32Array }): number[] => [...data].map((x) => x + 0);
  test('a slope of 0 silences an infinite cotangent, also next to a value', () => {
    const inputs = given([1, 3], [1, 0]);
    const endless = floats([Infinity, 1]);
    const { value, gradient } = mseLoss.valueAndGradient(inputs, none, endless);
    expect(list(value)).toEqual([0, 9]);
    expect(list(gradient.input)).toEqual([0, 6]);
    expect(list(gradient.target)).toEqual([0, -6]);
    expect(list(mseLoss.gradient(inputs, none, endless).input)).toEqual([0, 6]);
  });
  test('beside NaN each keeps its own cotangent', () => {
    const inputs = given([1, 2, 3, NaN], [0, 0, 0, 0]);
    const slopes = mseLoss.gradient(inputs, none, floats([2, 3, 5, 1]));
    expect(list(slopes.input)).toEqual([4, 12, 30, NaN]);
  });
});
