/**
 * # What a definition says of itself, on a few cases
 *
 * Its value and gradient are those of the textbook, the derivative that it states is that of its formula,
 * its addends add up, and what it claims of itself is all that holds. The same is asked of many cases
 * elsewhere; these are few enough to be asked of every mutant.
 */
import type { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import { dyadic } from '../../properties/floats.ts';
import { type Case, cases, settingsOf } from '../../properties/inputs.ts';
import { interval } from '../../spec/arithmetic/decimal-ends.ts';
import type { Interval } from '../../spec/arithmetic/interval.ts';
import { float32, float64 } from '../../spec/format.ts';
import { sum } from '../../spec/functions.ts';
import { isDifferentiable } from '../../spec/input.ts';
import { accessTo, type Lifted, lift } from '../../spec/lift.ts';
import type { Elementwise, Op } from '../../spec/op.ts';
import { gradientsOf, slopes, valuesOf } from '../../spec/oracle/index.ts';
import { settle } from '../../spec/param.ts';
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
export function gradientFaults(lifted: Lifted, wrt: string): readonly string[] {
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
export const addendFaults = (lifted: Lifted): readonly string[] =>
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

export const holds = (op: Op, faultsOf: (lifted: Lifted) => readonly string[]): void => {
  const property = fc.property(cases(op, dyadic(3, 4)), ({ tensors, settings }: Case) => {
    expect(faultsOf(lift(op, tensors, settings))).toEqual([]);
  });
  fc.assert(property, { seed, numRuns: 12, endOnFailure: true });
};

/** Of both signs, some in each binade, and more where functions bend. */
const GRID: readonly number[] = [
  ...Array.from({ length: 255 }, (_, i) => 2 ** (i - 127)).flatMap((x) => [x, 1.37 * x]),
  ...Array.from({ length: 320 }, (_, i) => (i + 1) / 32),
]
  .map(Math.fround)
  .flatMap((x) => [-x, x])
  .sort((a, b) => a - b);

/**
 * What holds of all results on the grid and is not claimed, and how far a claimed range is from what is
 * reached: of the first settings. It is odd if it is at all settings.
 */
export function claimFaults(op: Elementwise, all: readonly Case['settings'][]): readonly string[] {
  const input = tensor([GRID.length], GRID);
  const results = all.map((settings) =>
    valuesOf(lift(op, { input }, settings), float32).map(({ value }) => value),
  );
  const [settings, y] = [all[0] as never, results[0]!];
  const isOdd = results.every((y) => y.every((yi, i) => yi === -y[y.length - 1 - i]!));
  const neverDecreases = y.every((yi, i) => i === 0 || y[i - 1]! <= yi);
  const [least, most] = op.range(settings);
  const reached = [Math.min(...y), Math.max(...y)] as const;
  return [
    ...(isOdd === op.isOdd ? [] : [`odd: ${isOdd}`]),
    ...(neverDecreases === op.isIncreasing(settings) ? [] : [`increasing: ${neverDecreases}`]),
    ...(isNear(least, reached[0]) ? [] : [`from ${reached[0]}, not ${least}`]),
    ...(isNear(most, reached[1]) ? [] : [`up to ${reached[1]}, not ${most}`]),
  ];
}

const isNear = (end: number, x: number): boolean =>
  Number.isFinite(end)
    ? Math.abs(x - end) <= 0.02 * Math.max(1, Math.abs(end))
    : Math.abs(x) > 2 ** 20;

/** Kinks that are none, or whose slopes on either side are not those of the neighbours in float64. */
export function kinkFaults(op: Elementwise, settings: Case['settings']): readonly string[] {
  const kinks = op.kinks(settings as never);
  const at = kinks.map((kink) => kink.at);
  const step = (x: number): number => 2 ** -40 * Math.max(Math.abs(x), 2 ** -300);
  const data = at.flatMap((x) => [x - step(x), x + step(x)]);
  const lifted = lift(op, { input: tensor([data.length], data) }, settings);
  const beside = gradientsOf(lifted, 'input', undefined, float64).map(({ value }) => value);
  const isNear = (a: number, b: number): boolean =>
    Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  return [
    ...(new Set(at).size === at.length ? [] : [`two kinks at one place of ${at}`]),
    ...kinks.flatMap(({ at, left, right }, i) => [
      ...(left === right ? [`no kink at ${at}`] : []),
      ...(isNear(beside[2 * i]!, Number(left))
        ? []
        : [`left of ${at} ${beside[2 * i]}, not ${left}`]),
      ...(isNear(beside[2 * i + 1]!, Number(right))
        ? []
        : [`right of ${at} ${beside[2 * i + 1]}, not ${right}`]),
    ]),
  ];
}

function claims(op: Op): void {
  if (op.kind !== 'elementwise') return;
  const drawn = fc.sample(settingsOf(op), { seed, numRuns: 40 });
  expect(claimFaults(op, [settle(op), ...drawn.slice(0, 4)])).toEqual([]);
  for (const settings of [settle(op), ...drawn]) expect(kinkFaults(op, settings)).toEqual([]);
}

export const asks: { readonly [says: string]: (op: Op) => void } = {
  'is the textbook formula': (op) => {
    expect(check(compareValues, op, float32, 25).compared).toBeGreaterThan(0);
  },
  'has the gradient of the textbook': (op) => {
    expect(check(compareGradients, op, float32, 6).compared).toBeGreaterThanOrEqual(0);
  },
  'states the derivative of its formula': (op) =>
    holds(op, (lifted) => inputsOf(op, lifted).flatMap((wrt) => gradientFaults(lifted, wrt))),
  'is the sum of its addends': (op) => holds(op, addendFaults),
  'claims what holds': claims,
};
