/**
 * # Certified statements about formulas
 *
 * Two formulas name the same number if their correctly rounded float64 results have the same bits;
 * one exceeds another if the enclosure of their difference excludes 0. Neither can be right by luck.
 * What 240 digits do not tell is discarded, and fast-check counts it.
 */
import fc from 'fast-check';
import { float64 } from '../spec/format.ts';
import { type Access, accessTo, type Lifted } from '../spec/lift.ts';
import type { Effort } from '../spec/oracle/enclose.ts';
import { type Certified, certify, Uncertified } from '../spec/oracle/index.ts';
import { type Arithmetic, type Real, real } from '../spec/real.ts';
import type { Tensors } from '../spec/tensor.ts';

export type Formula = (over: Arithmetic) => readonly Real[];

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
export const signOf = (formula: () => Real): number =>
  certify('sign', float64, false, () => [real(formula().sign())], effort)[0]!.value;

/** A statement as a property; a case that cannot be certified is discarded and counted. */
export const stated = <Q>(
  drawn: fc.Arbitrary<Q>,
  statement: (question: Q) => boolean,
): fc.IProperty<[Q]> =>
  fc.property(drawn, (question) => {
    try {
      return statement(question);
    } catch (reason) {
      if (!(reason instanceof Uncertified)) throw reason;
      fc.pre(false);
      return true;
    }
  });

/** All results of an operator, in the arithmetic in force. */
export function results(lifted: Lifted, x: Access = accessTo(lifted.tensors)): readonly Real[] {
  const all: Real[] = [];
  for (const { at, formula } of lifted.pieces)
    for (const [i, y] of formula(x).entries()) all[at[i]!] = y;
  return all;
}

/** The elements of tensors, where some tensors are numbers that a formula computed. */
export function feeding(
  tensors: Tensors,
  computed: { readonly [input: string]: readonly Real[] },
): Access {
  const x = accessTo(tensors);
  return (input, place) => computed[input]?.[place] ?? x(input, place);
}
