/**
 * Every definition on a few cases: its value and gradient are those of the textbook, the derivative that
 * it states is that of its formula, and its addends add up. The same is asked of many cases elsewhere;
 * these are few enough to be asked of every mutant.
 */
import type { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dyadic } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../spec/arithmetic/interval.ts';
import { float32 } from '../../spec/format.ts';
import { sum } from '../../spec/functions.ts';
import * as operators from '../../spec/index.ts';
import { isDifferentiable } from '../../spec/input.ts';
import { accessTo, type Lifted, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { slopes } from '../../spec/oracle/index.ts';
import { type Real, reading, real } from '../../spec/real.ts';
import { sizeOf, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { check, compareGradients, compareValues } from './textbook/compare.ts';

type Enclosure = Interval<Decimal>;
const exact = interval(60);

/** Some number may lie in both, and neither says nothing. */
function agree(a: Enclosure, b: Enclosure): boolean {
  if (a.lo.isNaN() || b.lo.isNaN()) return a.lo.isNaN() && b.lo.isNaN();
  const isNarrow = ({ lo, hi }: Enclosure) => !lo.isFinite() || hi.minus(lo).lt(1e-30);
  return isNarrow(a) && isNarrow(b) && a.lo.lte(b.hi) && b.lo.lte(a.hi);
}

const told = ({ lo, hi }: Enclosure): string => `[${lo.toString()}, ${hi.toString()}]`;

const faults = (a: readonly Enclosure[], b: readonly Enclosure[]): readonly string[] =>
  a.length === b.length
    ? a.flatMap((x, i) => (agree(x, b[i]!) ? [] : [`${i}: ${told(x)} and ${told(b[i]!)}`]))
    : [`${a.length} and ${b.length} numbers`];

/** The stated gradient and that of the formula, for a cotangent of both signs. */
function gradientFaults(lifted: Lifted, wrt: string): readonly string[] {
  const size = sizeOf(lifted.shape);
  const cotangent = tensor(
    lifted.shape,
    Array.from({ length: size }, (_, i) => (i % 2 ? -1.25 : 0.75)),
  );
  const places = Array.from(lifted.tensors[wrt]!.data, (_, i) => i);
  const formula = slopes(lifted.pieces, lifted.tensors, wrt, places, cotangent);
  return reading(exact, () => {
    const u = Array.from(cotangent.data, (x) => real(x));
    const gathered = places.map((): Real[] => []);
    for (const { place, addends } of lifted.derivative(wrt, accessTo(lifted.tensors), u)!)
      gathered[place]!.push(...addends);
    return faults(gathered.map(sum) as Enclosure[], formula(exact) as readonly Enclosure[]);
  });
}

/** The results and what their addends add up to. The mean of nothing is NaN, and has no addends. */
const addendFaults = (lifted: Lifted): readonly string[] =>
  reading(exact, () => {
    const x = accessTo(lifted.tensors);
    const addends = lifted.addends(x);
    if (!addends || lifted.divisor(x)?.sign() === 0) return [];
    const found: Real[] = [];
    for (const { at, formula } of lifted.pieces)
      for (const [i, y] of formula(x).entries()) found[at[i]!] = y;
    return faults(addends.map(sum) as Enclosure[], found as Enclosure[]);
  });

const inputsOf = (op: Op, { given }: Lifted): readonly string[] =>
  Object.keys(given).filter((name) => {
    return given[name] === 'reals' && isDifferentiable(op.inputs[name]!);
  });

const holds = (op: Op, faultsOf: (lifted: Lifted) => readonly string[]): void => {
  const property = fc.property(cases(op, dyadic(3, 4)), ({ tensors, settings }: Case) => {
    expect(faultsOf(lift(op, tensors, settings))).toEqual([]);
  });
  fc.assert(property, { seed, numRuns: 12, endOnFailure: true });
};

const named = (Object.values(operators) as readonly Op[]).map((op) => [op.id, op] as const);

describe.each(named)('%s', (_, op) => {
  test('is the textbook formula', () => {
    expect(check(compareValues, op, float32, 25).compared).toBeGreaterThan(0);
  });
  test('has the gradient of the textbook', () => {
    expect(check(compareGradients, op, float32, 6).compared).toBeGreaterThanOrEqual(0);
  });
  test('states the derivative of its formula', () =>
    holds(op, (lifted) => inputsOf(op, lifted).flatMap((wrt) => gradientFaults(lifted, wrt))));
  test('is the sum of its addends', () => holds(op, addendFaults));
});

describe('planted', () => {
  const sign = { ...operators.tanh, df: (x: Real) => operators.tanh.df(x, {}).neg() } as Op;
  test('a wrong sign in a stated derivative is seen', () => {
    expect(() => holds(sign, (lifted) => gradientFaults(lifted, 'input'))).toThrow(
      'Property failed',
    );
  });
  test('a missing addend is seen', () => {
    const part = {
      ...operators.linear,
      addends: (row: { bias: Real }) => [[row.bias]],
    } as unknown as Op;
    expect(() => holds(part, addendFaults)).toThrow('Property failed');
  });
});
