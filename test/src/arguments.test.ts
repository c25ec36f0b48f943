/** Inputs and parameters: what is refused, in which words, and where a tensor that is stretched has its elements. */
import { describe, expect, test } from 'vitest';
import {
  checkClasses,
  checkFloats,
  checkProbabilities,
  checkStretches,
  resultArray,
} from '../../src/check.ts';
import { choice, flag, integer, number, optional, settle } from '../../src/parameters.ts';
import { rowsOf, stretched, stretches } from '../../src/tensor.ts';

const x = { id: 'it', name: 'x' };
const nothing = null as never;

describe('a tensor', () => {
  test.each([
    [undefined, 'it: x is missing'],
    [nothing, 'it: x is missing'],
    [{ data: [1] }, 'it: x should be { data, shape } with a shape of whole numbers'],
    [{ data: [1], shape: 1 }, 'it: x should be { data, shape } with a shape of whole numbers'],
    [{ data: [1], shape: [-1] }, 'it: x should be { data, shape } with a shape of whole numbers'],
    [{ data: [1], shape: [0.5] }, 'it: x should be { data, shape } with a shape of whole numbers'],
    [{ data: null, shape: [1] }, 'it: x holds null but should hold Float32Array'],
    [{ data: 1, shape: [1] }, 'it: x holds number but should hold Float32Array'],
    [{ data: [1], shape: [1] }, 'it: x holds Array but should hold Float32Array'],
  ] as const)('%o is refused', (tensor, says) => {
    expect(() => checkFloats(x, tensor as never)).toThrow(new TypeError(says));
  });
  test('of classes holds whole numbers only', () => {
    const due = /^it: x holds Array but should hold class indices: /;
    for (const data of [
      [1, 0.5],
      [0.5, 1],
    ])
      expect(() => checkClasses(x, { data, shape: [2] })).toThrow(due);
    for (const data of [[1, 2], Int32Array.of(1, 2), Uint8Array.of(1, 2), BigInt64Array.of(1n, 2n)])
      expect(checkClasses(x, { data, shape: [2] }).data).toBe(data);
  });
  test('of probabilities has all of them in [0, 1]', () => {
    checkProbabilities(x, Float32Array.of(0, 0.5, 1));
    for (const p of [-0.5, 1.5, NaN])
      expect(() => checkProbabilities(x, Float32Array.of(0, p))).toThrow(
        new RangeError(`it: x[1] is ${p} but should be in [0, 1]`),
      );
  });
  test('for results is a Float32Array of their size', () => {
    const out = new Float32Array(2);
    expect(resultArray(x, 2, out)).toBe(out);
    expect(resultArray(x, 2)).toEqual(out);
    expect(() => resultArray(x, 2, [0, 0] as never)).toThrow(
      new TypeError('it: x is Array but should be a Float32Array'),
    );
    expect(() => resultArray(x, 3, out)).toThrow(
      new RangeError('it: x holds 2 elements but should hold 3'),
    );
  });
});

describe('parameters', () => {
  const due = {
    free: number({ default: 0 }),
    above: number({ default: 1, min: 0 }),
    below: number({ default: 1, max: 2 }),
    around: number({ default: 1, min: -2, max: 2 }),
    maybe: optional(0, 1),
    whole: integer(0),
    least: integer(1, { min: 1 }),
    most: integer(1, { max: 3 }),
    flag: flag(true),
    choice: choice('a', 'b'),
  };
  const given = (values: object) => settle('it', due, values);
  test('have defaults, also where nothing is given', () => {
    expect(given({ free: undefined, flag: false })).toEqual({
      ...{ free: 0, above: 1, below: 1, around: 1, maybe: undefined },
      ...{ whole: 0, least: 1, most: 1, flag: false, choice: 'a' },
    });
    expect(given({ free: 3 }).free).toBe(3);
    expect(given({}).free).toBe(0);
  });
  test('are legal up to their ends', () => {
    for (const legal of [
      ...[{ above: 0 }, { below: 2 }, { around: -2 }, { around: 2 }, { maybe: 0 }, { maybe: 1 }],
      ...[{ least: 1 }, { most: 3 }, { most: -9 }, { choice: 'b' }, { free: -Number.MAX_VALUE }],
    ])
      expect(given(legal)).toMatchObject(legal);
  });
  test.each([
    [{ free: Infinity }, 'it: free is Infinity but should be a finite number'],
    [{ free: NaN }, 'it: free is NaN but should be a finite number'],
    [{ above: -1 }, `it: above is -1 but should be in [0, ${Number.MAX_VALUE}]`],
    [{ below: 3 }, `it: below is 3 but should be in [${-Number.MAX_VALUE}, 2]`],
    [{ around: 3 }, 'it: around is 3 but should be in [-2, 2]'],
    [{ maybe: 2 }, 'it: maybe is 2 but should be in [0, 1]'],
    [{ maybe: -1 }, 'it: maybe is -1 but should be in [0, 1]'],
    [{ whole: 0.5 }, 'it: whole is 0.5 but should be an integer'],
    [{ least: 0 }, 'it: least is 0 but should be an integer in [1, Infinity]'],
    [{ most: 4 }, 'it: most is 4 but should be an integer in [-Infinity, 3]'],
    [{ choice: 'c' }, 'it: choice is "c" but should be a, b'],
  ])('%o is refused', (values, says) => {
    expect(() => given(values)).toThrow(new RangeError(says));
  });
  test('of another kind are a TypeError', () => {
    expect(() => given({ flag: 1 })).toThrow(
      new TypeError('it: flag is 1 but should be true or false'),
    );
    expect(() => given({ whole: '1' })).toThrow(
      new TypeError('it: whole is "1" but should be an integer'),
    );
  });
});

describe('places', () => {
  const all = (from: readonly number[], shape: readonly number[]) =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => stretched(from, shape)(i));
  test.each([
    [
      [2, 3],
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ],
    [[3], [2, 3], [0, 1, 2, 0, 1, 2]],
    [
      [2, 1],
      [2, 3],
      [0, 0, 0, 1, 1, 1],
    ],
    [[], [2, 2], [0, 0, 0, 0]],
    [
      [2, 1, 2],
      [2, 2, 2],
      [0, 1, 0, 1, 2, 3, 2, 3],
    ],
    [
      [3, 2],
      [2, 3, 2],
      [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5],
    ],
  ])('of %o stretched to %o', (from, shape, due) => expect(all(from, shape)).toEqual(due));
  test.each([
    [[3], [2, 3], true],
    [[1, 3], [2, 3], true],
    [[], [2, 3], true],
    [[2], [2, 3], false],
    [[2, 1], [3, 2], false],
    [[1, 2, 3], [2, 3], false],
    [[1, 1, 1], [1], false],
  ])('%o stretches to %o: %o', (from, shape, due) => {
    expect(stretches(from, shape)).toBe(due);
    const check = () => checkStretches(x, from, shape);
    if (due) expect(check).not.toThrow();
    else expect(check).toThrow(`it: x has shape [${from.join(', ')}] but should broadcast to`);
  });
  test.each([
    [[2, 3], 1, [0, 3], 1],
    [[2, 3], 0, [0, 1, 2], 3],
    [[2, 3, 2], 1, [0, 1, 6, 7], 2],
    [[], 0, [0], 1],
  ])('rows of %o along axis %o begin at %o', (shape, axis, starts, stride) => {
    const rows = rowsOf(shape, axis);
    expect(rows.stride).toBe(stride);
    expect(Array.from({ length: rows.count }, (_, r) => rows.start(r))).toEqual(starts);
  });
});
