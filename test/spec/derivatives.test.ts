/**
 * Three ways to a gradient: the closed form that a definition states, its formula read in dual
 * numbers, and its formula at two neighbouring points. And the addends that a definition states, by
 * which implementations are judged, add up to what it says.
 */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dyadic } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import { decimal, type Plain } from '../../spec/arithmetic/decimal.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../spec/arithmetic/interval.ts';
import { sigmoid as sigma, sum } from '../../spec/functions.ts';
import * as operators from '../../spec/index.ts';
import { crossEntropy, linear, sigmoid } from '../../spec/index.ts';
import { isDifferentiable } from '../../spec/input.ts';
import { type Access, accessTo, type Lifted, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { slopes } from '../../spec/oracle/index.ts';
import { read } from '../../spec/param.ts';
import { type Real, reading, real } from '../../spec/real.ts';
import { sizeOf, type Tensor, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

const ops: readonly Op[] = Object.values(operators);

const exact = interval(60);
const digits = decimal(160);
/** Step of the difference quotients: their error is of the size of its square, 1e−100. */
const STEP = '1e-50';
/** Quotients on both sides that differ by more belong to a kink, a jump, or an end of the domain. */
const SMOOTH = '1e-40';

type Enclosure = Interval<Decimal>;

/** Some number may lie in both. An enclosure that says nothing is no answer. */
function agree(a: Enclosure, b: Enclosure): boolean {
  for (const { lo, hi } of [a, b])
    if (lo.isFinite() && hi.minus(lo).gt(Decimal.max(1, lo.abs()).times(1e-40))) return false;
  if (a.lo.isNaN() || b.lo.isNaN()) return a.lo.isNaN() && b.lo.isNaN();
  return a.lo.lte(b.hi) && b.lo.lte(a.hi);
}

const said = ({ lo, hi }: Enclosure): string => `[${lo.toString()}, ${hi.toString()}]`;

const disagreement = (what: string, a: Enclosure, b: Enclosure): readonly string[] =>
  agree(a, b) ? [] : [`${what}: ${said(a)} and ${said(b)}`];

interface Drawn extends Case {
  /** Picks an element by remainder. */
  readonly pick: number;
  readonly u: readonly number[];
}
const drawn = (op: Op): fc.Arbitrary<Drawn> =>
  cases(op, dyadic(3, 4)).chain((one) =>
    fc.record({
      tensors: fc.constant(one.tensors),
      settings: fc.constant(one.settings),
      pick: fc.nat(1000),
      u: fc.array(dyadic(2, 2)([-2, 2], []), { minLength: 9, maxLength: 9 }),
    }),
  );

/** The cotangent: as many numbers as the result has. */
const cotangentOf = ({ shape }: Lifted, u: readonly number[]): Tensor =>
  tensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => u[i % u.length]!),
  );

/** The stated gradient, element by element. */
const stated = (lifted: Lifted, wrt: string, cotangent: Tensor): readonly Enclosure[] =>
  reading(exact, () => {
    const u = Array.from(cotangent.data, (x) => real(x));
    const parts = lifted.derivative(wrt, accessTo(lifted.tensors), u);
    if (!parts) throw new Error(`${lifted.op.id} states no derivative with respect to ${wrt}`);
    const gathered = Array.from(lifted.tensors[wrt]!.data, (): Real[] => []);
    for (const { place, addends } of parts) gathered[place]!.push(...addends);
    return gathered.map((addends) => sum(addends) as Enclosure);
  });

const dualOf = (lifted: Lifted, wrt: string, cotangent: Tensor): readonly Enclosure[] => {
  const places = Array.from(lifted.tensors[wrt]!.data, (_, i) => i);
  const formula = slopes(lifted.pieces, lifted.tensors, wrt, places, cotangent);
  return reading(exact, () => formula(exact)) as readonly Enclosure[];
};

/** Σ cotangent · result, where one element is moved. Elementwise formulas are read without tables. */
function moved(lifted: Lifted, wrt: string, place: number, by: string, cotangent: Tensor): Decimal {
  return reading(digits, () => {
    const original = accessTo(lifted.tensors);
    const there = original(wrt, place).plus(by);
    const x: Access = (name, i) => (name === wrt && i === place ? there : original(name, i));
    const results = valuesOf(lifted, x, place);
    return (sum(results.map(([at, y]) => y.times(cotangent.data[at]!))) as Plain).x;
  });
}
function valuesOf(lifted: Lifted, x: Access, place: number): readonly (readonly [number, Real])[] {
  const { op, settings } = lifted;
  if (op.kind !== 'elementwise')
    return lifted.pieces.flatMap(({ at, formula }) =>
      formula(x).map((y, i) => [at[i]!, y] as const),
    );
  return [[place, op.f(x('input', place), read(op.params, settings))]];
}

/** The central difference quotient; undefined where the two sides disagree or are not finite. */
function quotient(lifted: Lifted, wrt: string, place: number, u: Tensor): Decimal | undefined {
  const D = Decimal.clone({ defaults: true, precision: 160 });
  const [low, here, high] = [`-${STEP}`, '0', STEP].map(
    (by) => new D(moved(lifted, wrt, place, by, u)),
  );
  const [before, after] = [here!.minus(low!).div(STEP), high!.minus(here!).div(STEP)];
  if (!before.isFinite() || !after.isFinite() || before.minus(after).abs().gt(SMOOTH)) return;
  return before.plus(after).div(2);
}

const isNear = ({ lo, hi }: Enclosure, x: Decimal): boolean =>
  lo.minus(SMOOTH).lte(x) && hi.plus(SMOOTH).gte(x);

/** What the three gradients have against each other; `compared` counts the quotients. */
function faults(op: Op, { tensors, settings, pick, u }: Drawn, compared = { count: 0 }): string[] {
  const lifted = lift(op, tensors, settings);
  const cotangent = cotangentOf(lifted, u);
  return Object.keys(lifted.given).flatMap((wrt) => {
    const input = op.inputs[wrt]!;
    const form = input.of === 'either' ? input.reals : input;
    if (lifted.given[wrt] !== 'reals' || !('differentiable' in form && form.differentiable))
      return [];
    const size = sizeOf(tensors[wrt]!.shape);
    const [closed, dual] = [stated(lifted, wrt, cotangent), dualOf(lifted, wrt, cotangent)];
    const place = pick % size;
    // A straight-through gradient is that of another function: of the soft result.
    const slope = settings.hard === true ? undefined : quotient(lifted, wrt, place, cotangent);
    if (slope) compared.count++;
    const isOff = slope && !isNear(dual[place]!, slope);
    return [
      ...closed.flatMap((c, i) => disagreement(`grad:${wrt} ${i}`, c, dual[i]!)),
      ...(isOff ? [`grad:${wrt} ${place}: ${said(dual[place]!)} and quotient ${slope}`] : []),
    ];
  });
}

/** Whether what the addends of every result add up to is the result. */
function sumFaults(op: Op, { tensors, settings }: Case): readonly string[] {
  const lifted = lift(op, tensors, settings);
  return reading(exact, () => {
    const x = accessTo(tensors);
    if (lifted.divisor(x)?.sign() === 0) return []; // the mean of nothing is NaN, and has no addends
    const sums = lifted.addends(x)?.map((addends) => sum(addends) as Enclosure);
    return lifted.pieces.flatMap(({ at, formula }) =>
      formula(x).flatMap((y, i) =>
        sums ? disagreement(`out ${at[i]}`, sums[at[i]!]!, y as Enclosure) : [],
      ),
    );
  });
}

const RUNS = { numRuns: 15, seed };

const differentiable = ops.filter((op) => Object.values(op.inputs).some(isDifferentiable));

describe.each(differentiable.map((op) => [op.id, op] as const))('%s', (_, op) => {
  test('states the derivative of its formula', () => {
    const compared = { count: 0 };
    fc.assert(
      fc.property(drawn(op), (one) => {
        expect(faults(op, one, compared)).toEqual([]);
      }),
      RUNS,
    );
    expect(compared.count).toBeGreaterThan(RUNS.numRuns / 4);
  });

  test('an error of 1e−30 in its stated derivative is found', () => {
    const wrong = spoilt(op);
    const found = fc.check(
      fc.property(drawn(op), (one) => faults(wrong, one).length === 0),
      RUNS,
    );
    expect(found.failed).toBe(true);
  });
});

describe.each(ops.filter((op) => op.kind !== 'elementwise').map((op) => [op.id, op] as const))(
  '%s',
  (_, op) => {
    test('is the sum of its addends', () => {
      fc.assert(
        fc.property(drawn(op), (one) => {
          expect(sumFaults(op, one)).toEqual([]);
        }),
        RUNS,
      );
    });
  },
);

const nearlyOne = '1.000000000000000000000000000001';
/** The same operator, with the first stated derivative too large by a little. */
function spoilt(op: Op): Op {
  if (op.kind === 'elementwise')
    return { ...op, df: (x, p) => op.df(x, p as never).times(nearlyOne) };
  const [wrt, slope] = Object.entries(op.derivative)[0]! as [string, (...all: never[]) => Real[][]];
  const wrong = (...all: never[]) => slope(...all).map((s) => s.map((a) => a.times(nearlyOne)));
  return { ...op, derivative: { ...op.derivative, [wrt]: wrong } } as Op;
}

describe('planted', () => {
  const fails = (op: Op, property: (one: Drawn) => boolean) =>
    fc.check(fc.property(drawn(op), property), RUNS).failed;

  test('a wrong slope in the formula itself is found by the quotient', () => {
    const wrong: Op = {
      ...sigmoid,
      f: (x: Real) => x.through(sigma, sigma),
      df: (x: Real) => sigma(x),
    };
    expect(fails(wrong, (one) => faults(wrong, one).length === 0)).toBe(true);
  });

  test('a sign in the gradient of cross-entropy is found', () => {
    const wrong = {
      ...crossEntropy,
      derivative: { input: ({ input }: { input: Real[] }) => input.map((x) => [x.neg()]) },
    } as unknown as Op;
    expect(fails(wrong, (one) => faults(wrong, one).length === 0)).toBe(true);
  });

  test('a missing addend is found', () => {
    const wrong = {
      ...linear,
      addends: (row: { bias: Real }) => [[row.bias]],
    } as unknown as Op;
    expect(fails(wrong, (one) => sumFaults(wrong, one).length === 0)).toBe(true);
  });
});
