/** Row operators: accuracy against MPFR, special rows, gradients, axes. */
import { describe, expect, test } from 'vitest';
import { linear, logSoftmax, logSumExp, softmax } from '../../src/index.ts';
import { nearest, softmaxRow } from './mpfr.ts';
import { random } from './patterns.ts';
import { ulps } from './ulps.ts';

const floats = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Float32Array.from(data),
  shape,
});
const list = ({ data }: { data: Float32Array }): number[] => [...data];

/** Rows of many lengths and spreads, with ties, dominant and hopeless elements. */
function* rows(): Generator<Float32Array> {
  const next = random(3);
  for (const spread of [2 ** -20, 0.01, 1, 8, 60, 100, 300, 2 ** 100]) {
    for (const n of [1, 2, 3, 5, 17, 100]) {
      yield Float32Array.from({ length: n }, () => (next() - 0.5) * spread);
      yield Float32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? spread : next() * spread));
    }
  }
}

describe('against MPFR', () => {
  test('softmax, log-softmax, log-sum-exp and their gradients are within one ulp', () => {
    let worst = 0;
    const compare = (got: readonly number[], due: readonly number[]) => {
      expect(got).toHaveLength(due.length);
      got.forEach((y, i) => {
        const error = ulps(y, due[i]!);
        expect(error).toBeLessThan(1);
        worst = Math.max(worst, error);
      });
    };
    for (const row of rows()) {
      const input = { data: row, shape: [row.length] };
      const truth = softmaxRow(row);
      compare(list(softmax({ input })), truth.p);
      compare(list(logSoftmax({ input })), truth.log);
      compare(list(logSumExp({ input })), [truth.lse]);
      compare(list(logSumExp.gradient({ input }).input), truth.p);
      const oneHot = row.map((_, i) => (i === 0 ? 1 : 0));
      const pulled = logSoftmax.gradient({ input }, {}, { ...input, data: oneHot }).input;
      compare(
        list(pulled),
        truth.p.map((p, i) => (i === 0 ? truth.complement(0) : -p)),
      );
    }
    expect(worst).toBeGreaterThan(0.4);
    expect(worst).toBeLessThan(0.502);
  });

  test('log-sum-exp keeps its digits where it is next to 0', () => {
    const next = random(5);
    let smallest = 1;
    for (let round = 0; round < 300; round++) {
      const [a, b] = [Math.fround(-1 - next()), Math.fround(-1 - next())];
      const third = 1 - nearest.exp!(a) - nearest.exp!(b);
      const row = Float32Array.of(a, b, nearest.log!(third));
      const [y] = list(logSumExp({ input: { data: row, shape: [3] } }));
      const { lse } = softmaxRow(row);
      smallest = Math.min(smallest, Math.abs(lse));
      expect(ulps(y!, lse)).toBeLessThan(1);
    }
    expect(smallest).toBeLessThan(2 ** -30);
  });
});

test('a dominant element keeps its digits', () => {
  const input = floats([18, 0]);
  expect(list(logSoftmax({ input }))).toEqual([-Math.fround(1.5229979e-8), -18]);
  const tiny = Math.fround(1.5229979e-8);
  const u = floats([1, 0]);
  expect(list(logSoftmax.gradient({ input }, {}, u).input)).toEqual([tiny, -tiny]);
  expect(list(softmax.gradient({ input }, {}, u).input)[0]).toBeCloseTo(tiny, 15);
});

describe('special rows', () => {
  const special = [
    [NaN, 0, 1],
    [0, NaN, Infinity],
    [Infinity, 0, 0],
    [-Infinity, -Infinity, -Infinity],
  ];
  test.each(special)('[%d, %d, %d] has no softmax', (...row) => {
    const input = floats(row);
    const nothing = [NaN, NaN, NaN];
    expect(list(softmax({ input }))).toEqual(nothing);
    expect(list(logSoftmax({ input }))).toEqual(nothing);
    expect(list(softmax.gradient({ input }).input)).toEqual(nothing);
    expect(list(logSoftmax.gradient({ input }).input)).toEqual(nothing);
    expect(list(logSumExp.gradient({ input }).input)).toEqual(nothing);
  });
  test('log-sum-exp of them', () => {
    const input = floats(special.flat(), [4, 3]);
    expect(list(logSumExp({ input }))).toEqual([NaN, NaN, Infinity, -Infinity]);
  });
  test('−∞ masks one class', () => {
    const input = floats([0, -Infinity, 0]);
    const half = Math.fround(-Math.LN2);
    expect(list(softmax({ input }))).toEqual([0.5, 0, 0.5]);
    expect(list(logSoftmax({ input }))).toEqual([half, -Infinity, half]);
    expect(list(logSumExp({ input }))).toEqual([-half]);
    expect(list(softmax.gradient({ input }, {}, floats([1, Infinity, 0])).input)).toEqual([
      0.25, 0, -0.25,
    ]);
  });
  test('a finite difference that overflows float32 does not overflow here', () => {
    const input = floats([2 ** 127, -(2 ** 127)]);
    expect(list(softmax({ input }))).toEqual([1, 0]);
    expect(list(logSoftmax({ input }))).toEqual([-0, -Infinity]);
  });
  test('a constant cotangent gives a gradient of exactly 0 through softmax', () => {
    const input = floats([0.3, 1.7, -2]);
    for (const u of [1, 0.1, 3e38]) {
      const { data } = softmax.gradient({ input }, {}, floats([u, u, u])).input;
      expect(data.every((slope) => slope === 0)).toBe(true);
    }
  });
});

describe('axes', () => {
  const input = floats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 3, 2]);
  const at = (n: number, c: number, d: number) => input.data[n * 6 + c * 2 + d]!;
  test.each([0, 1, 2, -1, -2, -3])('dim = %d picks its rows', (dim) => {
    const axis = (dim + 3) % 3;
    const y = softmax({ input }, { dim });
    expect(y.shape).toEqual([2, 3, 2]);
    const along = [
      [at(0, 1, 1), at(1, 1, 1)],
      [at(0, 0, 1), at(0, 1, 1), at(0, 2, 1)],
      [at(0, 1, 0), at(0, 1, 1)],
    ][axis]!;
    const row = list(softmax({ input: floats(along) }));
    expect(y.data[3]).toBe(row[axis === 0 ? 0 : 1]);
    expect(logSumExp({ input }, { dim }).shape).toEqual(input.shape.toSpliced(axis, 1));
  });
  test('the cotangent of log-sum-exp has one element for each row', () => {
    const u = floats([1, 10, 100, 1000], [2, 2]);
    const { data } = logSumExp.gradient({ input }, { dim: 1 }, u).input;
    const p = softmax({ input }, { dim: 1 }).data;
    const due = Array.from(p, (pi, i) => pi * u.data[Math.floor(i / 6) * 2 + (i % 2)]!);
    expect(list({ data })).toEqual(due.map((v) => expect.closeTo(v, 3)));
  });
  test('rank 0 and empty tensors', () => {
    expect(softmax({ input: floats([3], []) })).toEqual(floats([1], []));
    expect(logSumExp({ input: floats([3], []) })).toEqual(floats([3], []));
    expect(softmax({ input: floats([], [0, 3]) })).toEqual(floats([], [0, 3]));
    expect(logSumExp({ input: floats([], [2, 0]) })).toEqual(floats([-Infinity, -Infinity]));
  });
  test('in place', () => {
    const copy = { data: input.data.slice(), shape: input.shape };
    const due = softmax({ input }, { dim: 0 });
    expect(softmax({ input: copy }, { dim: 0 }, copy.data).data).toBe(copy.data);
    expect(copy).toEqual(due);
  });
});

describe('linear', () => {
  const input = floats([1, 2, 3, 4], [2, 2]);
  const weight = floats([1, 0, 0, 1, 1, -1], [3, 2]);
  const bias = floats([0.5, 0.25, 0.125]);
  test('is x Wᵀ + b', () => {
    const y = linear({ input, weight, bias });
    expect(y).toEqual(floats([1.5, 2.25, -0.875, 3.5, 4.25, -0.875], [2, 3]));
    expect(list(linear({ input, weight }))).toEqual([1, 2, -1, 3, 4, -1]);
  });
  test('its gradients are u W, Σ u xᵀ and Σ u', () => {
    const u = floats([1, 10, 100, 2, 20, 200], [2, 3]);
    const { input: dx, weight: dw, bias: db } = linear.gradient({ input, weight, bias }, {}, u);
    expect(dx).toEqual(floats([101, -90, 202, -180], [2, 2]));
    expect(dw).toEqual(floats([7, 10, 70, 100, 700, 1000], [3, 2]));
    expect(db).toEqual(floats([3, 30, 300]));
    expect(linear.gradient({ input, weight }, {}, u)).not.toHaveProperty('bias');
  });
  test('does not lose what cancels', () => {
    const x = floats([2 ** 60, 1, -(2 ** 60)]);
    expect(list(linear({ input: x, weight: floats([1, 1, 1], [1, 3]) }))).toEqual([1]);
  });
  test('one vector, many axes', () => {
    expect(linear({ input: floats([1, 2]), weight }).shape).toEqual([3]);
    expect(linear({ input: floats([1, 2, 3, 4], [1, 2, 1, 2]), weight }).shape).toEqual([
      1, 2, 1, 3,
    ]);
  });
});
