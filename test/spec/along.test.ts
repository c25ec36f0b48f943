/** Operators along an axis, and gated ones: numbers that people can look up, special rows, refusals. */
import { describe, expect, test } from 'vitest';
import { float64 } from '../../spec/format.ts';
import {
  entmax15,
  glu,
  gumbelSoftmax,
  hardmax,
  softmax2d,
  softmin,
  sparsemax,
  swiglu,
} from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';

type Rows = { readonly [name: string]: readonly number[] };
const tensorsOf = (rows: Rows): Tensors =>
  Object.fromEntries(Object.entries(rows).map(([name, x]) => [name, tensor([x.length], x, 'f64')]));

const values = (op: Op, rows: Rows, settings: object = {}): readonly number[] =>
  evaluate(op, tensorsOf(rows), settings, float64).cells.map((cell) => cell.value);
const slopes = (
  op: Op,
  rows: Rows,
  u: readonly number[],
  settings: object = {},
  wrt = Object.keys(rows)[0]!,
): readonly number[] =>
  gradient(op, tensorsOf(rows), settings, {
    ...{ wrt, format: float64 },
    cotangent: tensor([u.length], u, 'f64'),
  }).cells.map((cell) => cell.value);

const close = (x: readonly number[], y: readonly number[]) => {
  expect(x).toHaveLength(y.length);
  for (const [i, xi] of x.entries()) expect(xi).toBeCloseTo(y[i]!, 15);
};
const [none, pair] = [NaN, [NaN, NaN]];

describe('numbers that people can look up', () => {
  test('softmin and softmax of three numbers', () => {
    const shares = [0.6652409557748218, 0.24472847105479764, 0.09003057317038046];
    close(values(softmin, { input: [1, 2, 3] }), shares);
    close(values(gumbelSoftmax, { input: [3, 2, 1], noise: [0, 0, 0] }), shares);
    close(values(gumbelSoftmax, { input: [5, 2, 0], noise: [1, 2, 2] }, { tau: 2 }), shares);
  });
  test('glu gates the first half with the sigmoid of the second', () => {
    expect(values(glu, { input: [2, 0] })).toEqual([1]);
    expect(values(glu, { input: [1, -89] })).toEqual([2.2273635617957438e-39]);
    expect(slopes(glu, { input: [2, 0] }, [1])).toEqual([0.5, 0.5]);
  });
  test('swiglu is b times a times the sigmoid of a', () => {
    close(values(swiglu, { a: [2], b: [3] }), [6 * 0.8807970779778824]);
    expect(values(swiglu, { a: [-89], b: [1] })).toEqual([-1.982353569998212e-37]);
    close(values(swiglu, { a: [2], b: [3] }, { alpha: 0.5 }), [6 * 0.7310585786300049]);
  });
  test('sparsemax: two numbers are t/2 + ½ where they are near', () => {
    expect(values(sparsemax, { input: [0.5, 0] })).toEqual([0.75, 0.25]);
    expect(values(sparsemax, { input: [1, 0] })).toEqual([1, 0]);
    close(values(sparsemax, { input: [0.25, 0.75, 0.5] }), [1 / 12, 7 / 12, 1 / 3]);
    expect(slopes(sparsemax, { input: [0.5, 0, -9] }, [1, 0, 5])).toEqual([0.5, -0.5, 0]);
  });
  test('sparsemax: where the support changes, the element stays outside', () => {
    expect(slopes(sparsemax, { input: [1, 0] }, [1, 0])).toEqual([0, 0]);
    expect(slopes(sparsemax, { input: [1, 2 ** -149] }, [1, 0])).toEqual([0.5, -0.5]);
  });
  test('entmax15: roots of two numbers are ±t/4 + √(½ − t²/16)', () => {
    const root = Math.sqrt(0.5 - 1 / 16);
    close(values(entmax15, { input: [1, 0] }), [(root + 0.25) ** 2, (root - 0.25) ** 2]);
    expect(values(entmax15, { input: [2, 0] })).toEqual([1, 0]);
    close(values(entmax15, { input: [0, 0, 0, 0, -9] }), [0.25, 0.25, 0.25, 0.25, 0]);
  });
  test('hardmax and hard gumbel-softmax give ties to the first', () => {
    expect(values(hardmax, { input: [1, 3, 3] })).toEqual([0, 1, 0]);
    const tie = { input: [0, 2, 1], noise: [3, 0, 2] };
    expect(values(gumbelSoftmax, tie, { hard: true, tau: 3 })).toEqual([1, 0, 0]);
  });
  test('a sum that float32 cannot hold decides', () => {
    const rows = { input: [2 ** 100, 2 ** 100], noise: [2 ** -41, 2 ** -40] };
    expect(values(gumbelSoftmax, rows, { hard: true })).toEqual([0, 1]);
  });
  test('hard has the gradient of soft', () => {
    const rows = { input: [1, 2], noise: [0.5, 0] };
    const soft = slopes(gumbelSoftmax, rows, [1, -2], { tau: 0.5 });
    expect(slopes(gumbelSoftmax, rows, [1, -2], { tau: 0.5, hard: true })).toEqual(soft);
    expect(soft[0]).not.toBe(0);
  });
});

describe('axes', () => {
  const input = tensor([2, 2, 1], [1, 2, 3, 4], 'f64');
  test('softmax2d is along the third from the last', () => {
    const cells = evaluate(softmax2d, { input }, {}, float64).cells.map((cell) => cell.value);
    const [low, high] = [0.11920292202211756, 0.8807970779778824];
    close(cells, [low, low, high, high]);
  });
  test('glu halves the axis that is asked for', () => {
    const { shape, cells } = evaluate(glu, { input }, { dim: 1 });
    expect(shape).toEqual([2, 1, 1]);
    expect(cells[1]!.value).toBe(Math.fround(3 / (1 + Math.exp(-4))));
    expect(evaluate(glu, { input }, { dim: 0 }).shape).toEqual([1, 2, 1]);
  });
});

describe('special rows', () => {
  test.each([softmin, sparsemax, entmax15])('$id', (op) => {
    const mask = op === softmin ? Infinity : -Infinity;
    const [whole] = values(op, { input: [0, 0.25] });
    expect(values(op, { input: [mask, 0, 0.25] }).slice(0, 2)).toEqual([0, whole]);
    for (const row of [
      [-mask, 0],
      [NaN, 0],
      [mask, mask],
    ]) {
      expect(values(op, { input: row })).toEqual(pair);
      expect(slopes(op, { input: row }, [1, 0])).toEqual(pair);
    }
  });
  test('hardmax', () => {
    expect(values(hardmax, { input: [2, Infinity, Infinity] })).toEqual([0, 1, 0]);
    expect(values(hardmax, { input: [-Infinity, -Infinity] })).toEqual([1, 0]);
    expect(values(hardmax, { input: [NaN, 1] })).toEqual(pair);
  });
  test.each([false, true])('gumbel-softmax, hard = %s', (hard) => {
    const noise = [0, 0];
    expect(values(gumbelSoftmax, { input: [-Infinity, 1], noise }, { hard })).toEqual([0, 1]);
    for (const input of [
      [Infinity, 0],
      [NaN, 0],
      [-Infinity, -Infinity],
    ])
      expect(values(gumbelSoftmax, { input, noise }, { hard })).toEqual(pair);
  });
  test('glu', () => {
    const answers = [
      [1, -Infinity, 0, 0, 0],
      [1, Infinity, 1, 1, 0],
      [Infinity, 3, Infinity, 0.9525741268224333, Infinity],
      [Infinity, -Infinity, none, 0, none],
      [NaN, -Infinity, none, 0, none],
    ];
    for (const [a, b, y, da, db] of answers) {
      expect(values(glu, { input: [a!, b!] })).toEqual([y]);
      expect(slopes(glu, { input: [a!, b!] }, [1])).toEqual([da, db]);
    }
  });
  test('swiglu', () => {
    const answers = [
      [-Infinity, 2, 0, 0, 0],
      [Infinity, 2, Infinity, 2, Infinity],
      [-Infinity, Infinity, none, none, 0],
      [-1, -Infinity, Infinity, -Infinity, -0.2689414213699951],
      [0, Infinity, none, Infinity, 0],
    ];
    for (const [a, b, y, da, db] of answers) {
      const rows = { a: [a!], b: [b!] };
      expect(values(swiglu, rows)).toEqual([y]);
      expect(slopes(swiglu, rows, [1])).toEqual([da]);
      expect(slopes(swiglu, rows, [1], {}, 'b')).toEqual([db]);
    }
  });
});

describe('refusals', () => {
  const of = (...shape: number[]) => tensor(shape, Array(shape.reduce((a, b) => a * b, 1)).fill(0));
  test.each([
    [glu, { input: of(3) }, {}, 'glu: input has shape [3] but should be [* 2H]'],
    [glu, { input: of() }, {}, 'glu: input has shape [1] but should be [* 2H]'],
    [softmax2d, { input: of(2, 2) }, {}, 'softmax2d: input has shape [2,2]'],
    [swiglu, { a: of(2), b: of(1) }, {}, 'swiglu: b has shape [1] but should be [*] with * = 2'],
    [gumbelSoftmax, { input: of(2) }, {}, 'gumbel-softmax: noise is missing'],
    [gumbelSoftmax, { input: of(2), noise: of(2) }, { tau: 0 }, 'gumbel-softmax: tau = 0 should'],
  ] as const)('%o', (op, tensors, settings, says) => {
    expect(() => evaluate(op as Op, tensors as Tensors, settings)).toThrow(says);
  });
  test('there is no gradient through hardmax, or of the noise', () => {
    expect(hardmax.inputs.input.differentiable).toBe(false);
    expect(gumbelSoftmax.inputs.noise.differentiable).toBe(false);
  });
});
