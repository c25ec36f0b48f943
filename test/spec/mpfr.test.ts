/**
 * Every operator against MPFR. Nothing is shared: other arithmetic, other formulas (the textbook ones,
 * with 500 to 2000 bits, where what cancels here does not matter), other indexing of tensors, and
 * MPFR's own rounding to the format. The comparison is of the floats.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floats, fromRank, rank } from '../../properties/floats.ts';
import { cases } from '../../properties/inputs.ts';
import { bfloat16, float16, float32, float64 } from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import { isDifferentiable } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate } from '../../spec/oracle/index.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { read } from './mpfr.ts';
import type { Given, Textbook, Truth } from './textbook/book.ts';
import {
  check,
  compareGradients,
  compareValues,
  expectMany,
  nothing,
  offMidpoint,
} from './textbook/compare.ts';
import { sum } from './textbook/formulas.ts';
import { textbook, twice } from './textbook/index.ts';

const operators = Object.values(spec) as readonly Op[];

test('every operator has a textbook formula in test/spec/textbook/table', () =>
  expect(Object.keys(textbook).sort()).toEqual(operators.map((op) => op.id).sort()));

test('no operator has two', () => expect(twice).toEqual([]));

const known = operators.filter(({ id }) => Object.hasOwn(textbook, id));
const named = known.map((op) => [op.id, op] as const);
const differentiable = named.filter(([, { inputs }]) =>
  Object.values(inputs).some(isDifferentiable),
);

describe.each([
  [float32, 200, 30],
  [float16, 40, 10],
  [bfloat16, 40, 10],
  [float64, 20, 4],
] as const)('$name', (format, forValues, forGradients) => {
  test.each(named)('%s', (_, op) =>
    expectMany(check(compareValues, op, format, forValues), forValues),
  );
  test.each(differentiable)('%s, gradients', (_, op) =>
    expectMany(check(compareGradients, op, format, forGradients), forGradients),
  );
});

// Hard points ------------------------------------------------------------------------------------

describe('of hundreds of points those whose results are closest to a midpoint', () => {
  const elementwise = known.filter((op) => op.kind === 'elementwise');
  test.each(elementwise.map((op) => [op.id, op] as const))('%s', (_, op) => {
    const points = fc
      .sample(cases(op, floats(), { elements: 1, axis: 1 }, floats()), { seed, numRuns: 500 })
      .map((c) => {
        const [cell] = evaluate(op, c.tensors, c.settings).cells;
        return { c, off: offMidpoint(Number(cell!.lo), float32) };
      })
      .sort((a, b) => a.off - b.off)
      .slice(0, 25);
    const tally = nothing();
    for (const { c } of points) {
      compareValues(op, c, float32, tally);
      compareGradients(op, c, float32, tally);
    }
    expectMany(tally, points.length);
  });
});

describe('rows that are nearly constant, or nearly one-hot', () => {
  const row = fc
    .record({
      x: floats()([-30, 30], []),
      others: fc.array(
        fc.oneof(
          fc.integer({ min: -3, max: 3 }).map((steps) => ({ steps, less: 0 })),
          fc.double({ min: 15, max: 110, noNaN: true }).map((less) => ({ steps: 0, less })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ x, others }) => [
      x,
      ...others.map(({ steps, less }) =>
        Math.fround(fromRank(rank(x, float32) + BigInt(steps), float32) - less),
      ),
    ]);
  const ofRows = known.filter(
    (op) =>
      /^(log-)?softmax$|softmin|log-sum-exp|cross-entropy$/.test(op.id) &&
      !/binary|linear/.test(op.id),
  );
  test.each(ofRows.map((op) => [op.id, op] as const))('%s', (_, op) => {
    const tally = nothing();
    fc.assert(
      fc.property(row, fc.boolean(), (data, isTurned) => {
        const input = tensor([data.length], isTurned ? data.toReversed() : data);
        const target = tensor([], [0], 'i64');
        const tensors: Tensors = op.kind === 'loss' ? { input, target } : { input };
        compareValues(op, { tensors, settings: {} }, float32, tally);
        compareGradients(op, { tensors, settings: {} }, float32, tally);
      }),
      { seed, numRuns: 100 },
    );
    expectMany(tally, 200);
  });
});

// Wrong formulas ---------------------------------------------------------------------------------

describe('a wrong textbook is noticed', () => {
  /** What the comparison says when results or gradients are spoilt. */
  const said = (
    id: string,
    run: typeof compareValues,
    spoil: (t: Truth, p: Given, t_: Tensors) => Truth,
  ) => {
    const op = operators.find((o) => o.id === id)!;
    const book: Textbook = (t, p, u) => spoil(textbook[id]!(t, p, u), p, t);
    try {
      check(run, op, float32, 200, book);
    } catch (reason) {
      return String((reason as Error).cause);
    }
    return 'nothing';
  };
  const scaledBy =
    (factor: number) =>
    ({ out, grad }: Truth): Truth => ({
      out: out.map((x) => x.times(factor)),
      grad: Object.fromEntries(
        Object.entries(grad).map(([name, g]) => [name, g.map((x) => x.times(factor))]),
      ),
    });
  // A little more, so that results that are floats are not ties.
  const larger = scaledBy(1 + 2 ** -24 + 2 ** -40);
  test.each(named)('%s: every result larger by 2^−24 of itself', (id) => {
    expect(said(id, compareValues, larger)).toMatch('MPFR says');
  });
  test.each(differentiable)('%s: every slope larger by 2^−24 of itself', (id) => {
    expect(said(id, compareGradients, larger)).toMatch('MPFR says');
  });
  test.each(differentiable)('%s: the other sign in the gradient', (id) => {
    expect(said(id, compareGradients, scaledBy(-1))).toMatch('MPFR says');
  });
  test('cross-entropy: a weighted mean that divides by N', () => {
    const wrong = (
      truth: Truth,
      { reduction }: Given,
      { input, target, weight }: Tensors,
    ): Truth => {
      if (reduction !== 'mean' || !weight || target!.dtype !== 'i64') return truth;
      const total = sum(Array.from(target!.data, (y) => read(weight.data[y] ?? 0)));
      const n =
        input!.data.length / (input!.shape.length > 1 ? input!.shape[1]! : input!.shape[0]!);
      return { ...truth, out: truth.out.map((x) => x.times(total).div(n)) };
    };
    expect(said('cross-entropy', compareValues, wrong)).toMatch('MPFR says');
  });
  test('and a right one is not', () =>
    expect(said('cross-entropy', compareValues, (t) => t)).toBe('nothing'));
});
