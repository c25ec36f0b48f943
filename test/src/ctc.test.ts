/** CTC in float32: long sequences against the certified definition, numbers, edges, errors. */
import { describe, expect, test } from 'vitest';
import { ctcLoss as definition } from '../../spec/index.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { tensor } from '../../spec/tensor.ts';
import { ctcLoss } from '../../src/index.ts';

type Numbers = readonly number[];
const floats = (data: Numbers, shape: Numbers = [data.length]) => ({
  ...{ data: Float32Array.from(data), shape },
});
const classes = (data: Numbers, shape: Numbers = [data.length]) => ({ data, shape });
const list = ({ data }: { data: Float32Array }): number[] => [...data];

/** One sample in which time and labels are used up. */
const whole = (rows: readonly Numbers[], labels: Numbers) => ({
  input: floats(rows.flat(), [rows.length, rows[0]!.length]),
  target: classes(labels),
  inputLengths: classes([rows.length], []),
  targetLengths: classes([labels.length], []),
});

/** The same numbers on every engine, in [0, 1). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe('long sequences are correctly rounded', () => {
  test.each([
    // Shares of 3^700 would overflow if they were not moved into the size.
    ['all scores equal', 700, 60, 4, 0, false],
    ['everyday scores', 60, 12, 5, 3, true],
    ['scores of any size', 40, 9, 3, 1e30, true],
  ] as const)('%s', (_, steps, labels, count, scale, wantsGradient) => {
    const random = uniform(7);
    const rows = Array.from({ length: steps }, () =>
      Array.from({ length: count }, () => Math.fround(-scale * random() ** 4)),
    );
    const y = Array.from({ length: labels }, () => 1 + Math.floor(random() * (count - 1)));
    const tensors = {
      input: tensor([steps, count], rows.flat()),
      target: tensor([labels], y, 'i64'),
      inputLengths: tensor([], [steps], 'i64'),
      targetLengths: tensor([], [labels], 'i64'),
    };
    const sum = { reduction: 'sum' } as const;
    const due = evaluate(definition, tensors, sum).cells.map(({ value }) => value);
    expect(list(ctcLoss(whole(rows, y), sum))).toEqual(due);
    if (!wantsGradient) return;
    const slopes = gradient(definition, tensors, sum).cells.map(({ value }) => value + 0);
    const found = list(ctcLoss.gradient(whole(rows, y), sum).input).map((x) => x + 0);
    expect(found).toEqual(slopes);
  });
});

describe('numbers', () => {
  const half = -Math.LN2;
  test('one label in two steps, ln ¾ of it', () => {
    const inputs = whole(
      [
        [half, half],
        [half, half],
      ],
      [1],
    );
    expect(list(ctcLoss(inputs))).toEqual([Math.fround(-Math.log(0.75))]);
    const third = Math.fround(-1 / 3);
    const slopes = [third, Math.fround(-2 / 3), third, Math.fround(-2 / 3)];
    expect(list(ctcLoss.gradient(inputs).input)).toEqual(slopes);
  });
  test('other alignments of a best one that costs nothing keep their digits', () => {
    const inputs = whole(
      [
        [-50, 0],
        [-50, 0],
      ],
      [1],
    );
    const [loss] = list(ctcLoss(inputs));
    expect(loss).toBe(Math.fround(-2 * Math.exp(-50)));
  });
  test('mean divides by labels, then by samples; lengths need not be whole', () => {
    const inputs = {
      input: floats([-1, -2, -3, -4, -5, -6, -7, -8], [2, 2, 2]),
      target: classes([1, 0, 1, 1], [2, 2]),
      inputLengths: classes([2, 1]),
      targetLengths: classes([0, 1]),
    };
    expect(list(ctcLoss(inputs, { reduction: 'none' }))).toEqual([1 + 5, 4]);
    expect(list(ctcLoss(inputs))).toEqual([5]);
    expect(list(ctcLoss.gradient(inputs).input)).toEqual([-0.5, -0, -0, -0.5, -0.5, -0, 0, 0]);
  });
  test('so does its gradient: of two labels a half of what it is in the sum', () => {
    const rows = [
      [-1, -2, -3],
      [-2, -1, -2],
      [-3, -2, -1],
    ];
    const slopes = (reduction: 'mean' | 'sum') =>
      list(ctcLoss.gradient(whole(rows, [1, 2]), { reduction }).input);
    expect(slopes('mean')).toEqual(slopes('sum').map((x) => x / 2));
    expect(Math.min(...slopes('mean'))).toBeLessThan(-0.1);
  });
  test('small scores beside large ones and larger ones keep their digits', () => {
    const rows = [
      [2 ** 43, 0],
      [0, 2 ** 96],
      [2.5830078125, 0],
    ];
    // The label at the second step, for certain; then a blank, or the label again.
    const blank = 1 / (1 + Math.exp(-2.5830078125));
    const slopes = [-1, 0, 0, -1, -blank, blank - 1].map(Math.fround);
    const found = list(ctcLoss.gradient(whole(rows, [1])).input).map((x) => x + 0);
    expect(found).toEqual(slopes);
  });
  test('samples that cancel, by what is left of both', () => {
    const huge = 2 ** 127;
    const inputs = (labels: number) => ({
      input: floats([-huge, 0, huge, 0, 0, 0, 4.25, 0], [2, 2, 2]),
      target: classes([0, 0], [2, 1]),
      inputLengths: classes([2, 2]),
      targetLengths: classes([labels, 0]),
    });
    expect(list(ctcLoss(inputs(0), { reduction: 'sum' }))).toEqual([-4.25]);
    expect(list(ctcLoss(inputs(0)))).toEqual([-2.125]);
    expect(list(ctcLoss(inputs(0), { reduction: 'none' }))).toEqual([huge, -huge]);
  });
  test('means of samples that cancel after they are divided by their labels', () => {
    // Three labels in four steps, the first of them for a third of a score that is shared.
    const none = [0, 0, 0, 0];
    const inputs = (score: number) => ({
      input: floats(
        [...[0, -score, 0, 0], ...[score / 4, 0, 0, 0]].concat(none, none, none, none),
        [3, 2, 4],
      ),
      target: classes([1, 2, 3, 0, 0, 0], [2, 3]),
      inputLengths: classes([3, 3]),
      targetLengths: classes([3, 0]),
    });
    const score = 3 * 2 ** 100;
    const due = score / 3 - score / 4;
    expect(list(ctcLoss(inputs(score)))).toEqual([due / 2]);
  });
  test('a step that is far from the best one beside others that are large', () => {
    const rows = [
      [0, 3.32306998946229e35],
      [-103.97209167480469, 2.435546875],
      [4.53057153421787e25, -2.5146484375],
    ];
    const slopes = list(ctcLoss.gradient(whole(rows, [1])).input).map((x) => x + 0);
    expect(slopes).toEqual([0, -1, 0, -1, -1, 0]);
  });
  test('both readings in one call', () => {
    const inputs = whole([[-1, -2]], [1]);
    const { value, gradient } = ctcLoss.valueAndGradient(inputs);
    expect(list(value)).toEqual([2]);
    expect(list(gradient.input)).toEqual([-0, -1]);
  });
});

describe('what is not finite', () => {
  const tooShort = whole([[-1, -2]], [1, 1]);
  test('no alignment: ∞ and no slope, or 0 and 0', () => {
    expect(list(ctcLoss(tooShort))).toEqual([Infinity]);
    expect(list(ctcLoss.gradient(tooShort).input)).toEqual([NaN, NaN]);
    expect(list(ctcLoss(tooShort, { zeroInfinity: true }))).toEqual([0]);
    expect(list(ctcLoss.gradient(tooShort, { zeroInfinity: true }).input)).toEqual([0, 0]);
  });
  test('−∞ silences an alignment, NaN and +∞ do not', () => {
    const loss = (rows: readonly Numbers[]) => list(ctcLoss(whole(rows, [1])))[0];
    expect(
      loss([
        [-1, -Infinity],
        [-1, -2],
      ]),
    ).toBe(3);
    expect(
      loss([
        [Infinity, -1],
        [-1, -Infinity],
      ]),
    ).toBe(2);
    expect(
      loss([
        [Infinity, -1],
        [-1, -1],
      ]),
    ).toBe(-Infinity);
    expect(
      loss([
        [-1, -Infinity],
        [-1, NaN],
      ]),
    ).toBe(NaN);
    expect(
      loss([
        [-1, -1, NaN],
        [-1, -1, NaN],
      ]),
    ).toBe(Math.fround(2 - Math.log(3)));
  });
});

describe('errors', () => {
  const good = whole([[-1, -2]], [1]);
  test.each<[string, object, object, Error]>([
    [
      'rank',
      { input: floats([1], [1]) },
      {},
      new RangeError('ctc-loss: input has shape [1] but should be [T, C] or [T, N, C]'),
    ],
    [
      'blank',
      {},
      { blank: 2 },
      new RangeError('ctc-loss: blank is 2 but should be a class in [0, 2)'),
    ],
    [
      'label',
      { target: classes([2]) },
      {},
      new RangeError('ctc-loss: target[0] is 2 but should be a class in [0, 2)'),
    ],
    [
      'time',
      { inputLengths: classes([2], []) },
      {},
      new RangeError('ctc-loss: inputLengths[0] is 2 but should be a length in [0, 1]'),
    ],
    [
      'labels',
      { targetLengths: classes([-1], []) },
      {},
      new RangeError('ctc-loss: targetLengths[0] is -1 but should be a length in [0, 1]'),
    ],
    [
      'batch',
      { inputLengths: classes([1]) },
      {},
      new RangeError('ctc-loss: inputLengths has shape [1] but should be []'),
    ],
    [
      'kind',
      { targetLengths: floats([1], []) },
      {},
      new TypeError(
        'ctc-loss: targetLengths holds Float32Array but should hold class indices: BigInt64Array, Int32Array, Uint8Array or an array of integers',
      ),
    ],
  ])('%s', (_, changed, params, error) => {
    expect(() => ctcLoss({ ...good, ...changed } as never, params)).toThrow(error);
  });
});
