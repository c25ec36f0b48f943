/**
 * # Certified statements about formulas
 *
 * Two formulas name the same number if their correctly rounded float64 results have the same bits;
 * one exceeds another if the enclosure of their difference excludes 0. Neither can be right by luck.
 * What 240 digits do not tell is discarded, and fast-check counts it.
 */
import fc from 'fast-check';
import { floats as inFloats } from '../spec/arithmetic/float-ends.ts';
import type { Interval } from '../spec/arithmetic/interval.ts';
import { float64 } from '../spec/format.ts';
import { type Access, accessTo, type Lifted } from '../spec/lift.ts';
import { attempt, type Effort, enclose } from '../spec/oracle/enclose.ts';
import { type Certified, certify, Uncertified } from '../spec/oracle/index.ts';
import type { Real } from '../spec/real.ts';
import type { Tensors } from '../spec/tensor.ts';

export type Formula = () => readonly Real[];

const effort: Effort = { upTo: 240 };

/** Whether all these formulas name the same numbers. Throws `Uncertified`. */
export function same(first: Formula, ...others: readonly Formula[]): boolean {
  const expected = certify('first side', float64, false, first, effort);
  return others.every((other) => {
    const cells = certify('other side', float64, false, other, effort);
    return cells.length === expected.length && cells.every((cell, i) => isSame(cell, expected[i]!));
  });
}

/** The sign of a zero counts where both sides know it. */
const isSame = (a: Certified, b: Certified): boolean =>
  Object.is(a.value, b.value) || (a.value === 0 && b.value === 0 && !(a.signed && b.signed));

/** The sign of a number: 0 only where it is exactly 0. Throws `Uncertified`. */
export function signOf(formula: () => Real): number {
  const one = () => [formula()];
  const quick = attempt(inFloats, one) as readonly Interval<number>[] | undefined;
  const sign = quick && settled(quick[0]!);
  return sign ?? enclose('sign', one, settled, effort)[0]!;
}

/** The real number lies strictly between the ends, so an end may be 0. */
function settled(y: Interval): number | undefined {
  const { sign } = decided;
  try {
    return sign(y);
  } catch {
    return undefined;
  }
}
