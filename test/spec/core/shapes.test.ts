/** Axis words, shapes, inputs: what binds to what, and what is refused. */
import { describe, expect, test } from 'vitest';
import {
  bind,
  flat,
  type Lengths,
  positions,
  sampleAxis,
  seen,
  viewOf,
  words,
} from '../../../spec/axes.ts';
import {
  classes,
  either,
  type Inputs,
  isDifferentiable,
  isOptional,
  reals,
  weights,
} from '../../../spec/input.ts';
import { sets } from '../../../spec/overlap.ts';
import { isInteger, tensor } from '../../../spec/tensor.ts';

const ofShape = (...shape: readonly number[]) =>
  tensor(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));
const lengths = (given: { readonly [word: string]: readonly number[] }): Lengths =>
  new Map(Object.entries(given));

describe('words', () => {
  test('of a scalar are none', () => {
    expect(words('')).toEqual([]);
    expect(words('N? C')).toEqual(['N?', 'C']);
  });
  test.each([
    ['N C', 0],
    ['C N', 1],
    ['C N?', 1],
    ['* C', 0],
    ['C *', undefined],
    ['C', undefined],
  ] as const)('%s has its samples along %s', (axes, at) => expect(sampleAxis(axes)).toBe(at));
});

describe('binding', () => {
  const bound = (inputs: Inputs, shapes: { readonly [name: string]: readonly number[] }) =>
    bind(
      'it',
      inputs,
      Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, ofShape(...shape)])),
    ).lengths;
  test('a star takes what there is, and leaves nothing', () => {
    expect([...bound({ x: reals('* N?') }, { x: [2, 3] })]).toEqual([
      ['*', [2, 3]],
      ['N?', []],
    ]);
  });
  test('an axis too many is refused', () => {
    expect(() => bound({ x: reals('C') }, { x: [2, 3] })).toThrow('it: x has shape [2,3]');
  });
  const weighed = (axes: string) => ({ x: reals('N? C'), w: reals(axes, { broadcast: true }) });
  test('what broadcasts has the axes of the others, or ones, or fewer', () => {
    for (const w of [[2, 3], [1, 3], [3], [1], [2, 1], []])
      expect(() => bound(weighed('N? C'), { x: [2, 3], w })).not.toThrow();
    for (const w of [[3, 2], [2], [1, 2, 3]])
      expect(() => bound(weighed('N? C'), { x: [2, 3], w })).toThrow(RangeError);
  });
  test('and none of a word that nothing was bound to', () => {
    const inputs = { x: reals('C'), w: reals('N? C', { broadcast: true }) };
    expect(() => bound(inputs, { x: [3], w: [1, 3] })).toThrow(RangeError);
  });
  test.each([
    ['-1 by -1', [-1, -1], 1],
    ['a half by 2', [0.5, 2], 1],
  ] as const)('%s is not a shape', (_, shape, size) => {
    const x = { ...ofShape(), shape, data: new Float32Array(size) };
    expect(() => bind('it', { x: reals('N C') }, { x })).toThrow('which is not a shape');
  });
  test('an axis of two halves is even, and says how long a half is', () => {
    expect([...bound({ x: reals('2H') }, { x: [6] })]).toContainEqual(['H', [3]]);
    expect(() => bound({ x: reals('2H') }, { x: [5] })).toThrow(RangeError);
    expect([...bound({ x: reals('H2') }, { x: [5] })]).toEqual([['H2', [5]]]);
  });
  test('classes where numbers are due are refused, and the other way round', () => {
    const [one, labels] = [tensor([1], [1], 'i64'), classes('N', { count: 'C' })];
    expect(() => bind('it', { x: reals('N') }, { x: one })).toThrow('it: x is i64 but should be');
    expect(() => bind('it', { x: labels }, { x: ofShape(1) })).toThrow('x is f32 but should be');
  });
  test('as many elements as the shape holds', () => {
    expect(() => bind('it', { x: reals('N') }, { x: tensor([2], [1]) })).toThrow('holds 2');
  });
});

describe('places', () => {
  test('are told in order', () => {
    expect(flat(5)).toEqual([5]);
    expect(flat([[1, 2], [3]])).toEqual([1, 2, 3]);
  });
  test('positions leave out what nothing was bound to', () => {
    expect(positions('N? C', lengths({ C: [2] }))).toEqual([[0], [1]]);
  });
  test.each([
    ['a matrix', [2, 3], [3, 4, 5]],
    ['a row for all', [3], [0, 1, 2]],
    ['one row', [1, 3], [0, 1, 2]],
    ['one column', [2, 1], [1, 1, 1]],
  ] as const)('%s, as sample 1 sees it', (_, shape, due) => {
    const both = lengths({ N: [2], C: [3] });
    expect(seen('N C', 'N', both, viewOf(shape))([1])).toEqual(due);
  });
  test('a row of a batch that is not there', () => {
    expect(seen('N? C', 'N?', lengths({ C: [3] }), viewOf([3]))([])).toEqual([0, 1, 2]);
  });
});

describe('inputs', () => {
  const labels = classes('N', { count: 'C' });
  test('are optional if something stands for them', () => {
    const all = [reals('N', { absent: 1 }), reals('N'), labels, either(labels, reals('N'))];
    expect(all.map(isOptional)).toEqual([true, false, false, false]);
  });
  test('have a gradient if some form of them has', () => {
    const fixed = reals('N', { differentiable: false });
    const all = [reals('N'), fixed, labels, either(labels, reals('N')), either(labels, fixed)];
    expect(all.map(isDifferentiable)).toEqual([true, false, false, true, false]);
  });
  test('weights are not negative, have no gradient, and keep exact data exact', () => {
    const w = weights('C');
    expect([isDifferentiable(w), isOptional(w), w.draw]).toEqual([false, true, [0, 8]]);
    expect(w.exact!({})).toEqual([0, 1, 2, 4]);
    expect(sets.input.exact!({})).toEqual([0, 1]);
  });
  test('three dtypes are whole numbers', () => {
    const dtypes = ['i32', 'i64', 'u8', 'f16', 'bf16', 'f32', 'f64'] as const;
    expect(dtypes.filter(isInteger)).toEqual(['i32', 'i64', 'u8']);
  });
});
