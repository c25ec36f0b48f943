/**
 * # Certified answers: the normative path
 *
 * A formula is read in intervals with 30, 60, … 960 digits until both ends of every enclosure
 * settle. What settles is then necessarily right, not probably. If 960 digits do not settle it, the
 * oracle throws; it never guesses.
 */
import type { Decimal } from 'decimal.js';
import { interval } from '../arithmetic/decimal-ends.ts';
import type { Interval } from '../arithmetic/interval.ts';
import { type Arithmetic, type Real, reading, Undecided } from '../real.ts';

/** No number of digits that decimal.js can give tells which answer is right. */
export class Uncertified extends Error {}

const PRECISIONS = [30, 60, 120, 240, 480, 960];

/** What an enclosure says, if it says enough. */
export type Settle<T> = (y: Interval<Decimal>, digits: number) => T | undefined;

/** How many decimal digits are worth trying, at least and at most. */
export interface Effort {
  readonly from?: number;
  readonly upTo?: number;
}

/** Reads a formula with more and more digits until `settle` is content with every element. Throws `Uncertified`. */
export function enclose<T>(
  what: string,
  formula: (over: Arithmetic) => readonly Real[],
  settle: Settle<T>,
  { from = 0, upTo = 960 }: Effort = {},
): readonly T[] {
  let cells: (T | undefined)[] = [];
  for (const digits of PRECISIONS.filter((d) => d >= from && d <= upTo)) {
    const results = attempt(interval(digits), formula);
    if (!results) continue;
    cells = results.map((y, i) => cells[i] ?? settle(y as Interval<Decimal>, digits));
    if (cells.every((cell) => cell !== undefined)) return cells as readonly T[];
  }
  throw new Uncertified(`${what}: ${upTo} digits do not tell which answer is nearest`);
}

/** The formula in this arithmetic; undefined where the arithmetic cannot tell. */
export function attempt<T>(over: Arithmetic, formula: (over: Arithmetic) => T): T | undefined {
  try {
    return reading(over, () => formula(over));
  } catch (reason) {
    if (reason instanceof Undecided) return undefined;
    throw reason;
  }
}
