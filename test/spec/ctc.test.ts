/** CTC: numbers from PyTorch, its own gradient, what is infinite, what is refused, what is drawn. */
import { readFileSync } from 'node:fs';
import type { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dyadic, exactData, floats } from '../../properties/floats.ts';
import { cases } from '../../properties/inputs.ts';
import { decimal, type Plain } from '../../spec/arithmetic/decimal.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../spec/arithmetic/interval.ts';
import { inDialect } from '../../spec/dialect.ts';
import { float64 } from '../../spec/format.ts';
import { logSoftmax, sum } from '../../spec/functions.ts';
import { ctcLoss } from '../../spec/index.ts';
import { type Access, accessTo, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate, gradient, slopes } from '../../spec/oracle/index.ts';
import { type Real, reading, real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

type Nested = number | readonly Nested[];
const shapeOf = (x: Nested): readonly number[] =>
  typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])];
const flat = (x: Nested): readonly number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

interface Given {
  readonly input: Nested;
  readonly target: Nested;
  readonly inputLengths: Nested;
  readonly targetLengths: Nested;
}
const given = ({ input, ...others }: Given): Tensors => ({
  input: tensor(shapeOf(input), flat(input), 'f64'),
  ...Object.fromEntries(
    (['target', 'inputLengths', 'targetLengths'] as const).map((name) => [
      name,
      tensor(shapeOf(others[name]), flat(others[name]), 'i64'),
    ]),
  ),
});
const valuesOf = (of: Given, settings: object = {}): readonly number[] =>
  evaluate(ctcLoss, given(of), settings, float64).cells.map((cell) => cell.value);
const slopesOf = (of: Given, settings: object = {}): readonly number[] =>
  gradient(ctcLoss, given(of), settings, { format: float64 }).cells.map((cell) => cell.value);

const none = { reduction: 'none' };
const half = -Math.LN2;
const halves = (steps: number, classes = 2): Nested => Array(steps).fill(Array(classes).fill(half));

// PyTorch ----------------------------------------------------------------------------------------

/** What PyTorch returns as the gradient, by its formula in the definition. */
const likeLogits = ctcLoss.dialects.pytorch!.differs!.filter((d) =>
  d.where.includes('log-softmax'),
);
const asPyTorch = inDialect(ctcLoss, { framework: 'pytorch' }, 'grad:input', likeLogits);
const theirGradient = (tensors: Tensors, settings: object): readonly number[] => {
  const lifted = lift(asPyTorch, tensors, settings);
  const ones = lifted.pieces.map(() => 1);
  return reading(decimal(40), () => {
    const parts = lifted.derivative('input', accessTo(tensors), ones.map(real))!;
    const all = Array.from(tensors.input!.data, (): Real[] => []);
    for (const { place, addends } of parts) all[place]!.push(...addends);
    return all.map((addends) => Number((sum(addends) as Plain).x));
  });
};

interface Recorded extends Given {
  readonly params: { readonly reduction: string };
  readonly out: readonly (number | string)[];
  readonly gradient: readonly (number | string)[];
}
const recorded = JSON.parse(
  readFileSync(new URL('ctc-loss-of-pytorch-2.13.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** They calculate in float64, the loss in some ten steps. */
const close = (ours: readonly number[], theirs: readonly (number | string)[]): boolean =>
  ours.length === theirs.length &&
  ours.every((x, i) => {
    const y = Number(theirs[i]);
    return (
      x === y || (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) < 1e-14 * (1 + Math.abs(y))
    );
  });

describe('PyTorch 2.13', () => {
  test.each(recorded.map((one, i) => [i, one] as const))(
    'loss and gradient of case %i',
    (_, one) => {
      expect(close(valuesOf(one, one.params), one.out)).toBe(true);
      expect(close(theirGradient(given(one), one.params), one.gradient)).toBe(true);
      const isNumber = one.out.every((y) => typeof y === 'number');
      // A gradient of zeros and NaN is theirs and ours.
      if (isNumber && one.gradient.some((y) => y !== 0))
        expect(close(slopesOf(one, one.params), one.gradient)).toBe(false);
    },
  );
  test('trap 29: its gradient is no derivative of the loss', () => {
    const one = { input: halves(2), target: [1], inputLengths: 2, targetLengths: 1 };
    expect(valuesOf(one)[0]).toBeCloseTo(0.2876820724517809, 15);
    expect(slopesOf(one)).toEqual([-1 / 3, -2 / 3, -1 / 3, -2 / 3]);
    const theirs = theirGradient(given(one), {});
    for (const [i, due] of [1 / 6, -1 / 6, 1 / 6, -1 / 6].entries())
      expect(theirs[i]).toBeCloseTo(due, 15);
  });
  test('trap 30: the mean divides each loss by its number of labels first', () => {
    const row = [-1.5, -0.75, -1.25];
    const both = {
      input: [row, row, row].map((r) => [r, r]),
      target: [
        [1, 2],
        [1, 1],
      ],
      inputLengths: [3, 3],
      targetLengths: [2, 1],
    };
    const [a, b] = valuesOf(both, none);
    expect(valuesOf(both)[0]).toBeCloseTo((a! / 2 + b!) / 2, 14);
    expect(valuesOf(both, { reduction: 'sum' })[0]).toBeCloseTo(a! + b!, 14);
  });
  test('its gradient is the derivative by the logits of log-softmax', () => {
    const three = fc.array(dyadic(4, 4)([-4, 4], []), { minLength: 9, maxLength: 9 });
    const target = fc.constantFrom([1], [2, 1], [1, 1], []);
    fc.assert(
      fc.property(three, target, (logits, y) => {
        const settings = { ...none, blank: 0 };
        const tensors = {
          input: tensor([3, 3], logits, 'f64'),
          target: tensor([y.length], y, 'i64'),
          inputLengths: tensor([], [3], 'i64'),
          targetLengths: tensor([], [y.length], 'i64'),
        };
        const rows = [0, 1, 2].map((t) => [0, 1, 2].map((c) => 3 * t + c));
        const after = (x: Access): Access => {
          const all = rows.flatMap((row) => logSoftmax(row.map((i) => x('input', i))));
          return (_, place) => all[place]!;
        };
        const { pieces } = lift(ctcLoss, tensors, settings);
        const composed = pieces.map((piece) => ({
          ...piece,
          formula: (x: Access) => piece.formula(after(x)),
        }));
        const exact = interval(60);
        const theirs = reading(exact, () => {
          const all = Array.from(logits, (): Real[] => []);
          const parts = lift(asPyTorch, tensors, settings).derivative(
            'input',
            after(accessTo(tensors)),
            [real(1)],
          )!;
          for (const { place, addends } of parts) all[place]!.push(...addends);
          return all.map(sum);
        });
        const whole = reading(exact, () =>
          slopes(composed, tensors, 'input', rows.flat(), undefined)(exact),
        );
        for (const [i, slope] of whole.entries()) {
          const { lo, hi } = theirs[i]!.minus(slope) as Interval<Decimal>;
          expect(lo.lte(0) && hi.gte(0)).toBe(true);
          expect(hi.minus(lo).lt('1e-50')).toBe(true);
        }
      }),
      { seed, numRuns: 20 },
    );
  });
});

// Meaning ----------------------------------------------------------------------------------------

describe('lengths', () => {
  const rows = [
    [-1, -2, -3],
    [-4, -1, -2],
    [-0.5, -0.25, -8],
  ];
  test('no labels: minus the sum of the blanks, also of no time', () => {
    const empty = { input: rows, target: [1], inputLengths: 3, targetLengths: 0 };
    expect(valuesOf(empty)).toEqual([5.5]);
    expect(slopesOf(empty)).toEqual([-1, 0, 0, -1, 0, 0, -1, 0, 0]);
    expect(valuesOf(empty, { blank: 1 })).toEqual([3.25]);
    expect(valuesOf({ ...empty, inputLengths: 0 })).toEqual([0]);
  });
  test('no time for all labels: ∞, and no slope; 0 with zeroInfinity', () => {
    const long = { input: rows, target: [1, 1], inputLengths: 2, targetLengths: 2 };
    expect(valuesOf(long)).toEqual([Infinity]);
    expect(slopesOf(long)).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 0, 0, 0]);
    expect(valuesOf(long, { zeroInfinity: true })).toEqual([0]);
    expect(slopesOf(long, { zeroInfinity: true })).toEqual(Array(9).fill(0));
    const nothing = { ...long, inputLengths: 0 };
    expect(valuesOf(nothing)).toEqual([Infinity]);
    expect(slopesOf(nothing)).toEqual(Array(9).fill(0));
  });
  test('repeated labels need one step more: exactly one alignment is left', () => {
    const tight = { input: rows, target: [1, 1], inputLengths: 3, targetLengths: 2 };
    expect(valuesOf(tight, none)).toEqual([2 + 4 + 0.25]);
    expect(slopesOf(tight, none)).toEqual([0, -1, 0, -1, 0, 0, 0, -1, 0]);
    expect(valuesOf({ ...tight, target: [1, 2] }, none)[0]).toBeLessThan(2 + 4 + 0.25);
  });
  test('what lies beyond them changes nothing', () => {
    const one = { input: rows, target: [1, 2], inputLengths: 2, targetLengths: 1 };
    const other = { ...one, input: [...rows.slice(0, 2), [NaN, 7, Infinity]], target: [1, 0] };
    expect(valuesOf(other)).toEqual(valuesOf(one));
    expect(slopesOf(other)).toEqual(slopesOf(one));
  });
});

describe('what is not finite', () => {
  const of = (input: Nested, target: Nested = [1]): Given => ({
    ...{ input, target, inputLengths: 2 },
    targetLengths: (target as readonly Nested[]).length,
  });
  test('an alignment that passes −∞ weighs nothing, even beside +∞', () => {
    expect(
      valuesOf(
        of([
          [-1, -Infinity],
          [-1, -2],
        ]),
      ),
    ).toEqual([3]);
    expect(
      slopesOf(
        of([
          [-1, -Infinity],
          [-1, -2],
        ]),
      ),
    ).toEqual([-1, 0, 0, -1]);
    expect(
      valuesOf(
        of([
          [Infinity, -1],
          [-1, -Infinity],
        ]),
      ),
    ).toEqual([2]);
    expect(
      valuesOf(
        of([
          [-1, -Infinity],
          [-1, -Infinity],
        ]),
      ),
    ).toEqual([Infinity]);
  });
  test('+∞ on an alignment makes −∞, which zeroInfinity leaves', () => {
    const one = of([
      [Infinity, -1],
      [-1, -2],
    ]);
    expect(valuesOf(one, { zeroInfinity: true })).toEqual([-Infinity]);
    expect(slopesOf(one)).toEqual([NaN, NaN, NaN, NaN]);
  });
  test('NaN on an alignment makes NaN, which zeroInfinity leaves; elsewhere it is not seen', () => {
    expect(
      valuesOf(
        of([
          [NaN, -1],
          [-1, -2],
        ]),
        { zeroInfinity: true },
      ),
    ).toEqual([NaN]);
    expect(
      valuesOf(
        of([
          [-1, -Infinity],
          [-1, NaN],
        ]),
      ),
    ).toEqual([NaN]);
    expect(
      valuesOf(
        of([
          [-1, -2, NaN],
          [-1, -2, -3],
        ]),
      )[0],
    ).toBeCloseTo(3 - Math.log(2 + 1 / Math.E), 15);
    expect(
      slopesOf(
        of([
          [-1, -2, NaN],
          [-1, -2, -3],
        ]),
      )[2],
    ).toBe(0);
  });
});

describe('a blank among the labels', () => {
  test('is a label like others', () => {
    const one = { input: halves(2), target: [0], inputLengths: 2, targetLengths: 1 };
    // blank, label and label, blank and label, label look alike and count three times.
    expect(valuesOf(one)[0]).toBeCloseTo(2 * Math.LN2 - Math.log(3), 15);
  });
});

describe('refusals', () => {
  const one = { input: halves(2), target: [1], inputLengths: 2, targetLengths: 1 };
  test.each<[string, Given, object, Error]>([
    [
      'a blank that is no class',
      one,
      { blank: 2 },
      new RangeError('ctc-loss: blank = 2 should be a class in [0, 2)'),
    ],
    [
      'a blank below 0',
      one,
      { blank: -1 },
      new RangeError('ctc-loss: blank = -1 should be an integer, a class in [0, C)'),
    ],
    [
      'too long a time',
      { ...one, inputLengths: 3 },
      {},
      new RangeError('ctc-loss: inputLengths has 3 but should be a length in [0, 2]'),
    ],
    [
      'too many labels',
      { ...one, targetLengths: 2 },
      {},
      new RangeError('ctc-loss: targetLengths has 2 but should be a length in [0, 1]'),
    ],
    [
      'a negative length',
      { ...one, targetLengths: -1 },
      {},
      new RangeError('ctc-loss: targetLengths has -1 but should be a length in [0, 1]'),
    ],
    [
      'a label that is no class',
      { ...one, target: [2] },
      {},
      new RangeError('ctc-loss: target has 2 but should be a class in [0, 2)'),
    ],
    [
      'padding that is no class',
      { ...one, target: [1, -1] },
      {},
      new RangeError('ctc-loss: target has -1 but should be a class in [0, 2)'),
    ],
    [
      'targets one after the other',
      {
        ...one,
        input: [halves(2), halves(2)],
        target: [1],
        inputLengths: [2, 2],
        targetLengths: [1, 0],
      },
      {},
      new RangeError('ctc-loss: target has shape [1] but should be [N S] with N = 2'),
    ],
  ])('%s', (_, of, settings, error) => {
    expect(() => valuesOf(of, settings)).toThrow(error);
  });
});

// Drawn cases ------------------------------------------------------------------------------------

test.each([
  ['floats', floats()],
  ['dyadic', dyadic(3)],
  ['exact data', exactData],
] as const)('most cases of %s have alignments, and a third have labels too', (_, draw) => {
  const losses = fc
    .sample(cases(ctcLoss as Op, draw), { seed, numRuns: 200 })
    .flatMap(({ tensors, settings }) =>
      evaluate(ctcLoss, tensors, { ...settings, ...none, zeroInfinity: false }).cells.map(
        ({ value }, n) => ({
          loss: value,
          labels: tensors.targetLengths!.data[n]!,
        }),
      ),
    );
  const finite = losses.filter(({ loss }) => Number.isFinite(loss));
  expect(finite.length).toBeGreaterThan(0.7 * losses.length);
  expect(finite.length).toBeLessThan(losses.length);
  expect(finite.filter(({ labels }) => labels > 0).length).toBeGreaterThan(losses.length / 4);
});
