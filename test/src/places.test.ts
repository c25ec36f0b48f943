/** Where a term finds its part of each input, by kind; and what is refused. */
import { describe, expect, test } from 'vitest';
import { type Kind, layoutOf } from '../../src/places.ts';
import { sequencesOf } from '../../src/sequences.ts';
import { classes, floats } from './tensors.ts';

type Given = Parameters<typeof layoutOf>[2][string];

/** Beside x, of two vectors of three numbers. */
const vectors = floats([1, 2, 3, 4, 5, 6], [2, 3]);
const beside = (kind: Kind, given: Given, optional = false) =>
  layoutOf('it', { x: 'vector', y: kind }, { x: vectors, y: given }, optional ? ['y'] : []);
/** What each term sees of y. */
const seen = (kind: Kind, given: Given, optional = false) => {
  const { count, places } = beside(kind, given, optional);
  const { data, length, start, isShared, shape } = places.y!;
  const parts = Array.from({ length: count }, (_, term) => {
    const at = start(term);
    return length === undefined ? data[at] : [...data.subarray(at, at + length)];
  });
  return { parts, isShared, shape };
};

describe('a term sees', () => {
  test.each<[Kind, Given, object]>([
    ['number', floats([7, 8]), { parts: [7, 8], isShared: false, shape: [2] }],
    [
      'vector',
      floats([7, 8, 9, 6, 5, 4], [2, 3]),
      {
        parts: [
          [7, 8, 9],
          [6, 5, 4],
        ],
        ...{ isShared: false, shape: [2, 3] },
      },
    ],
    [
      'shared',
      floats([7, 8, 9]),
      {
        parts: [
          [7, 8, 9],
          [7, 8, 9],
        ],
        ...{ isShared: true, shape: [3] },
      },
    ],
    ['stretched', floats([7], [1]), { parts: [7, 7], isShared: true, shape: [1] }],
    ['stretched', floats([7, 8]), { parts: [7, 8], isShared: false, shape: [2] }],
    [
      'spread',
      floats([7, 8], [2, 1]),
      {
        parts: [
          [7, 7, 7],
          [8, 8, 8],
        ],
        ...{ isShared: true, shape: [2, 1] },
      },
    ],
    ['class', classes([2, 0]), { parts: [2, 0], isShared: false, shape: [2] }],
    [
      'classes',
      classes([2, -1, 0, 1, 1, -1], [2, 3]),
      {
        parts: [
          [2, -1, 0],
          [1, 1, -1],
        ],
        ...{ isShared: false, shape: [2, 3] },
      },
    ],
  ])('of a %s its part', (kind, given, due) => {
    expect(seen(kind, given)).toEqual(due);
  });
  test.each<[Kind, object]>([
    ['number', { parts: [1, 1], shape: [] }],
    ['stretched', { parts: [1, 1], shape: [] }],
    [
      'shared',
      {
        parts: [
          [1, 1, 1],
          [1, 1, 1],
        ],
        shape: [3],
      },
    ],
  ])('1 of a %s that is not there', (kind, due) => {
    expect(seen(kind, undefined, true)).toEqual({ ...due, isShared: true });
  });
  test('as many terms as the first input has', () => {
    expect(beside('number', floats([7, 8]))).toMatchObject({ shape: [2], count: 2 });
    const ofNumbers = layoutOf('it', { x: 'number' }, { x: vectors }, []);
    expect(ofNumbers).toMatchObject({ shape: [2, 3], count: 6 });
  });
});

describe('refused are', () => {
  test.each<[string, Kind, Given, string]>([
    ['what is missing', 'number', undefined, 'it: y is missing'],
    ['another shape', 'number', floats([7]), 'it: y has shape [1] but should be [2]'],
    ['a vector too long', 'shared', floats([7, 8]), 'it: y has shape [2] but should be [3]'],
    [
      'what does not stretch',
      ...(['stretched', floats([1, 2, 3]), 'it: y has shape [3] but should broadcast'] as const),
    ],
    [
      'what does not spread',
      ...([
        'spread',
        floats([7, 8]),
        "it: y has shape [2] but should broadcast to the input's",
      ] as const),
    ],
    ['class −1', 'class', classes([0, -1]), 'it: y[1] is -1 but should be a class in [0, 3)'],
    ['class D', 'class', classes([0, 3]), 'it: y[1] is 3 but should be a class in [0, 3)'],
    [
      'class −2',
      ...([
        'classes',
        classes([0, -2, 0, 0, 0, 0], [2, 3]),
        'it: y[1] is -2 but should be a class in [-1, 3)',
      ] as const),
    ],
  ])('%s', (_, kind, given, says) => {
    expect(() => beside(kind, given)).toThrow(says);
  });
  test('a first input that is missing, or has no axis where vectors are due', () => {
    const of = (x: Given) => () => layoutOf('it', { x: 'vector' }, { x }, []);
    expect(of(undefined)).toThrow('it: x is missing');
    expect(of(floats([1], []))).toThrow('it: x has shape [] but should have an axis');
    expect(of(floats([], [0]))).not.toThrow();
  });
  test('sequences without input or target', () => {
    const given = { inputLengths: classes([1], []), targetLengths: classes([1], []) };
    const of = (more: object) => () => sequencesOf('it', { ...given, ...more } as never);
    expect(of({})).toThrow('it: input is missing');
    expect(of({ input: floats([0, 0], [1, 2]) })).toThrow('it: target is missing');
  });
});
