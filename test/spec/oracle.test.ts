/** What the oracle certifies: exact results, ties, signs; and that it throws rather than guess. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floats } from '../../properties/floats.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import { exactly } from '../../spec/exact.ts';
import { type Format, float16, float32, float64, formats } from '../../spec/format.ts';
import { tanh } from '../../spec/functions.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { attempt, enclose } from '../../spec/oracle/enclose.ts';
import {
  certify,
  decimalOf,
  evaluate,
  gradient,
  toDecimals,
  toFormat,
  Uncertified,
} from '../../spec/oracle/index.ts';
import { type Real, real, Undecided } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { type Float, mpfr, read } from './mpfr.ts';

const scalar = (x: number) => tensor([], [x]);
const vector = (...data: number[]) => tensor([data.length], data);
const classes = (...data: number[]) => tensor([data.length], data, 'i64');
const values = (op: Op, tensors: Tensors, settings: object = {}, format = float32) =>
  evaluate(op, tensors, settings, format).cells.map((cell) => cell.value);
const slopes = (op: Op, tensors: Tensors, settings: object = {}, options: object = {}) =>
  gradient(op, tensors, settings, options).cells.map((cell) => cell.value);
const certified = (formula: () => Real, format: Format = float32) =>
  certify('it', format, false, () => [formula()])[0]!;

/** Exactly 0, which no number of digits shows. */
const hiddenZero = () => real(2).sqrt().squared().minus(2);

describe('fails closed', () => {
  test.each(formats)('$name: a tie that no number of digits settles', (format) => {
    const half = 2 ** -format.precision;
    const tie = () => real(1).plus(half).plus(hiddenZero());
    expect(() => certified(tie, format)).toThrow(Uncertified);
    expect(() => certified(tie, format)).toThrow('it: 960 digits');
    // Beside the tie the same sum is settled.
    const beside = () => tie().plus('1e-100');
    expect(certified(beside, format).value).toBe(1 + 2 * half);
    expect(certified(() => tie().minus('1e-100'), format).value).toBe(1);
  });
  test('a comparison that no number of digits settles', () =>
    expect(() => certified(() => real(hiddenZero().sign()))).toThrow(Uncertified));
  test('a result beyond what exp may be asked for', () =>
    expect(() => certified(() => real(1e30).exp())).toThrow(Uncertified));
  test('a mistake in a formula is not taken for a lack of digits', () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    expect(() => certified(broken)).toThrow(TypeError);
    expect(() => attempt(interval(30), broken)).toThrow(TypeError);
    expect(
      attempt(interval(30), () => {
        throw new Undecided('x');
      }),
    ).toBe(undefined);
  });
  test('one element that is not settled is enough', () => {
    const formula = () => [
      real(1),
      real(1)
        .plus(2 ** -24)
        .plus(hiddenZero()),
    ];
    expect(() => certify('two', float32, false, formula)).toThrow(Uncertified);
  });
});

test('1 / (1 − σ(70)) is 1 + e^70, although 30 digits do not tell σ(70) from 1', () => {
  const odds = (x: number) => () => {
    const p = real(1).div(real(-x).exp().plus(1));
    return real(1).div(real(1).minus(p));
  };
  expect(certified(odds(70), float64).value).toBe(2.515438670919167e30);
  expect(() => certified(odds(3000))).toThrow(Uncertified);
});

describe('exact results and ties', () => {
  test('a point settles as it is, at ties too', () => {
    const cell = certified(() => real(1).plus(2 ** -24));
    expect([cell.value, cell.lo === cell.hi]).toEqual([1, true]);
    expect(certified(() => real(1 + 2 ** -23).plus(2 ** -24)).value).toBe(1 + 2 ** -22);
    expect(certified(() => real(2 ** -150)).value).toBe(0);
    expect(certified(() => real(3).times(2 ** -150)).value).toBe(2 ** -148);
  });
  test('means of small dyadic numbers are exact', () => {
    const tensors = { input: tensor([4, 1], [-1, -0.5, 0.25, 3]), target: classes(0, 0, 0, 0) };
    const [cell] = evaluate(spec.nllLoss, tensors).cells;
    expect(decimalOf(cell!.lo).toString()).toBe('-0.4375');
    expect(decimalOf(cell!.hi).eq(decimalOf(cell!.lo))).toBe(true);
    expect(cell!.digits).toBe(0);
  });
  test('a quotient that is a tie: the slope 1575 · 2^−24 / 6 in float16', () => {
    const tensors = {
      input: vector(-1, -1, -1, -1, -1, -1),
      target: vector(0, 0, 0, 1575 * 2 ** -24, 0, 0),
    };
    const cell = gradient(spec.klDiv, tensors, {}, { format: float16 }).cells[3]!;
    expect(cell.value).toBe(-262 * 2 ** -24);
    expect(decimalOf(cell.lo).eq(decimalOf(cell.hi))).toBe(true);
    expect(
      decimalOf(cell.lo)
        .times(-2)
        .eq(exactly((1575 / 3) * 2 ** -24)),
    ).toBe(true);
  });
  test('a tie broken by less than any float', () => {
    // 4098 is a tie of float16, and softplus(4098) is more by e^−4098.
    expect(values(spec.softplus, { input: vector(4098) }, {}, float16)).toEqual([4100]);
    expect(values(spec.logsigmoid, { input: vector(-4098) }, {}, float16)).toEqual([-4100]);
    expect(values(spec.softplus, { input: vector(1e9 + 0.5) }, {}, float64)).toEqual([1e9 + 0.5]);
  });
  test('a slope just below a tie, by e^−4098', () => {
    const slopeOf = (op: Op, x: number, u: number) =>
      slopes(op, { input: vector(x) }, {}, { format: float16, cotangent: vector(u) })[0];
    for (const tie of [1 + 2 ** -11, 1 + 3 * 2 ** -11]) {
      const below = tie - 2 ** -11;
      expect(slopeOf(spec.softplus, 4098, tie)).toBe(below);
      expect(slopeOf(spec.logsigmoid, -4098, -tie)).toBe(-below);
    }
  });
  test('and one of a whole mean', () => {
    const [x, y, w] = [-1602953543680, 0.298828125, 0.5241804122924805];
    const tensors = {
      input: vector(x, 0, 0, 0, 0, 0, 0, 0, 0),
      target: vector(y, 0, 0, 0, 0, 0, 0, 0, 0),
      weight: vector(w),
    };
    const tie = (-w * y * 0.75) / 9;
    const cell = gradient(
      spec.binaryCrossEntropyWithLogits,
      tensors,
      {},
      { cotangent: scalar(0.75) },
    ).cells[0]!;
    expect(cell.value).toBe(Math.fround(tie * (1 - 2 ** -50)));
  });
});

describe('signs of what underflows', () => {
  test.each(formats)('$name: open beside zero', (format) => {
    const tiny = () => real(-9000).exp();
    const [above, below] = [certified(tiny, format), certified(() => tiny().neg(), format)];
    expect([above.value, above.signed]).toEqual([0, true]);
    expect([below.value, below.signed]).toEqual([-0, true]);
  });
  test('half the smallest float, from both sides', () => {
    const beside = (by: string) => certified(() => real(2 ** -150).plus(by)).value;
    expect([beside('1e-100'), beside('-1e-100')]).toEqual([2 ** -149, 0]);
    expect(certified(() => real(-(2 ** -150)).plus('1e-100')).value).toBe(-0);
  });
  test('a zero of both signs has none', () => {
    const cell = certified(hiddenZero);
    expect([cell.value, cell.signed]).toEqual([0, false]);
    expect(Object.is(cell.value, -0)).toBe(false);
  });
  test('a zero of arithmetic has none, one that is stated has', () => {
    expect(certified(() => real(1).minus(1)).signed).toBe(false);
    const [cell] = evaluate(spec.relu, { input: vector(-0) }).cells;
    expect([cell!.value, cell!.signed]).toEqual([-0, true]);
    const [negative] = evaluate(spec.relu, { input: vector(-1) }).cells;
    expect([negative!.value, negative!.signed]).toEqual([0, false]);
  });
  test('of operators', () => {
    expect(values(spec.sigmoid, { input: vector(-1000) })).toEqual([0]);
    expect(values(spec.logsigmoid, { input: vector(1000) })).toEqual([-0]);
    expect(values(spec.logSoftmax, { input: vector(1000, 0) })).toEqual([-0, -1000]);
    expect(values(spec.tanh, { input: vector(-(2 ** -149)) })).toEqual([-(2 ** -149)]);
  });
});

describe('overflow', () => {
  test('past the largest float is infinite, the edge is a tie', () => {
    const top = 2 ** 128 - 2 ** 103;
    expect(certified(() => real(top)).value).toBe(Infinity);
    expect(certified(() => real(top).minus('1e-9')).value).toBe(2 ** 128 - 2 ** 104);
    expect(certified(() => real(-1e300).times(1e300), float64).value).toBe(-Infinity);
    expect(certified(() => real(-1e300).times(1e300), float64).lo).not.toBe(-Infinity);
  });
});

describe('the two phases', () => {
  test('what float64 settles says so with 0 digits', () =>
    expect(evaluate(spec.sigmoid, { input: vector(1.5) }).cells[0]!.digits).toBe(0));
  test('what it does not settle takes decimals', () => {
    expect(evaluate(spec.sigmoid, { input: vector(1.5) }, {}, float64).cells[0]!.digits).toBe(30);
    const cell = certified(() =>
      real(1)
        .plus(2 ** -24)
        .plus(hiddenZero())
        .plus('1e-100'),
    );
    expect([cell.value, cell.digits]).toEqual([1 + 2 ** -23, 120]);
  });
  test('elements that float64 settled keep its answer', () => {
    const cells = certify('two', float32, false, () => [
      real(2).sqrt(),
      real(1)
        .plus(2 ** -24)
        .plus('1e-40'),
    ]);
    expect(cells.map((c) => c.digits)).toEqual([0, 30]);
    expect(cells.map((c) => c.value)).toEqual([Math.fround(Math.SQRT2), 1 + 2 ** -23]);
  });
  test('`from` skips precisions that are not worth trying', () => {
    const asked: number[] = [];
    const settle = toFormat(float32);
    enclose(
      'it',
      () => [real(2).sqrt()],
      (y, digits) => {
        asked.push(digits);
        return settle(y, digits);
      },
      { from: 120 },
    );
    expect(asked).toEqual([120]);
  });
});

describe('operators, by hand', () => {
  test('a dominant logit keeps its digits', () => {
    const tensors = { input: tensor([1, 2], [18, 0]), target: classes(0) };
    expect(values(spec.crossEntropy, tensors)).toEqual([Math.fround(1.5229979e-8)]);
    expect(slopes(spec.crossEntropy, tensors)[0]).toBe(Math.fround(-1.52299795e-8));
  });
  test('edges come from the table, the slope at a kink too', () => {
    const x = vector(-Infinity, -0, 0, Infinity, NaN);
    expect(values(spec.relu, { input: x })).toEqual([0, -0, 0, Infinity, NaN]);
    expect(slopes(spec.relu, { input: vector(-1, 0, 1) })).toEqual([0, 0, 1]);
  });
  test('the cotangent multiplies', () => {
    const input = vector(-2, 3);
    expect(slopes(spec.relu, { input }, {}, { cotangent: vector(5, 7) })).toEqual([0, 7]);
  });
  test('no gradient with respect to classes, or to what is absent', () => {
    const tensors = { input: tensor([1, 2], [18, 0]), target: classes(0) };
    for (const wrt of ['target', 'weight', 'nothing'])
      expect(() => gradient(spec.crossEntropy, tensors, {}, { wrt })).toThrow(TypeError);
  });
  test('everything ignored: the sum is 0 and the mean is NaN', () => {
    const tensors = { input: tensor([1, 2], [1, 2]), target: classes(-100) };
    expect(values(spec.nllLoss, tensors)).toEqual([NaN]);
    expect(values(spec.nllLoss, tensors, { reduction: 'sum' })).toEqual([0]);
  });
  test('scalars keep their shape', () =>
    expect(evaluate(spec.tanh, { input: scalar(0.5) }).shape).toEqual([]));
});

describe('20 digits', () => {
  const digits = (formula: () => Real, places = 20): string =>
    enclose('it', () => [formula()], toDecimals(places))[0]!;

  test.each([
    ['NaN', () => real(NaN)],
    ['Infinity', () => real(Infinity)],
    ['-Infinity', () => real(-Infinity)],
    ['0', () => real(0)],
    ['-0', () => real(-0)],
    ['0', () => real(1).minus(1)],
    ['0.1', () => real('0.1')],
    ['0.1000000000000000055511151231257827021181583404541015625', () => real(0.1)],
    ['0.5', () => real(0.5)],
    ['-1234567', () => real(-1234567)],
    ['1.4012984643248170709e-45', () => real(2 ** -149)],
    ['3.4028234663852885981e+38', () => real(2 ** 128 - 2 ** 104)],
    ['1.4142135623730950488', () => real(2).sqrt()],
    ['-0.69314718055994530942', () => real('0.5').log()],
  ] as const)('%s', (due, formula) => {
    const places = due.length > 40 ? 60 : 20;
    expect(digits(formula, places)).toBe(due);
  });
  test('are rounded once, ties to even', () => {
    expect(digits(() => real('1.00000000000000000005'))).toBe('1');
    expect(digits(() => real('1.00000000000000000015'))).toBe('1.0000000000000000002');
    expect(digits(() => real('-1.00000000000000000005'))).toBe('-1');
    expect(digits(() => real('1.00000000000000000005').plus('1e-500'))).toBe(
      '1.0000000000000000001',
    );
    expect(digits(() => real('1.00000000000000000005').minus('1e-500'))).toBe('1');
  });
  test('at a tie that only openness breaks', () => {
    // 4096 + 2^−17 has 21 digits and ends in 5; softplus is more than that by e^−4096 < 10^−960.
    const softplus = (x: number) => () => real(x).plus(real(-x).exp().log1p());
    expect(digits(softplus(4096 + 2 ** -17))).toBe('4096.0000076293945313');
    expect(digits(() => softplus(4096 + 2 ** -17)().neg())).toBe('-4096.0000076293945313');
    expect(digits(() => real(4096 + 2 ** -17).minus(real(-4096).exp()))).toBe(
      '4096.0000076293945312',
    );
  });
  test('what no number of digits settles is not written', () => {
    expect(() => digits(() => real('1.00000000000000000005').plus(hiddenZero()))).toThrow(
      Uncertified,
    );
    expect(() => digits(hiddenZero)).toThrow(Uncertified);
  });
  test('are those of MPFR', () => {
    const functions: readonly (readonly [(x: Real) => Real, (x: Float) => Float])[] = [
      [(x) => x.exp(), (x) => x.exp()],
      [(x) => x.exp().log1p(), (x) => x.exp().log1p()],
      [(x) => x.neg().sqrt().log(), (x) => x.neg().sqrt().log()],
      [tanh, (x) => x.tanh()],
    ];
    fc.assert(
      fc.property(
        floats(float32)([-300, 0], []),
        fc.constantFrom(...functions),
        (x, [ours, theirs]) => {
          fc.pre(x !== 0 && x !== -1);
          const got = digits(() => ours(real(x)));
          const due = mpfr(700, () => theirs(read(x)).toString());
          expect(new Decimal(got).eq(new Decimal(due).toSignificantDigits(20))).toBe(true);
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});
