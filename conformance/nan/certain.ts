/**
 * # What an element of a step is exactly
 *
 * The same steps, read in the arithmetic of the specification with as many digits as it takes, and
 * written with 20 of them; backward by its derivatives.
 */
import type { Dual } from '../../spec/arithmetic/dual.ts';
import { dual, pullBack } from '../../spec/arithmetic/dual.ts';
import { enclose, type Settle, Uncertified } from '../../spec/oracle/enclose.ts';
import { toDecimals } from '../../spec/oracle/index.ts';
import { type Arithmetic, type Real, reading, real } from '../../spec/real.ts';
import type { Cell, Step } from './stages.ts';

const toPlaces = toDecimals(20);
/** Digits that are worth their time: a number that 480 of them do not tell from 0 is left open. */
const MOST = 480;

/** 20 certified digits of each, or undefined where no number of digits tells. */
export function exactlyAll(cells: readonly Cell[]): readonly (string | undefined)[] {
  const all = certain('value', () => cells.map(reader()));
  return all ?? (cells.length > 1 ? cells.flatMap((cell) => exactlyAll([cell])) : [undefined]);
}
export const exactly = (cell: Cell): string | undefined => exactlyAll([cell])[0];

/** The slope of all elements of the last step, added up, in one element. */
export const exactSlope = (last: Step, cell: Cell): string | undefined =>
  certain('slope', (over) => [slope(last, cell, over)])?.[0];

/** Undefined where an element cannot be read; an element of it where it cannot be told from 0. */
function certain(
  what: string,
  formula: (over: Arithmetic) => readonly Real[],
): readonly (string | undefined)[] | undefined {
  const settle: Settle<string> = (y, digits) =>
    toPlaces(y, digits) ?? (digits < MOST ? undefined : '');
  try {
    return enclose(`nan: ${what}`, formula, settle, { upTo: MOST }).map(
      (text) => text || undefined,
    );
  } catch (problem) {
    if (problem instanceof Uncertified) return undefined;
    throw problem;
  }
}

/** Reads elements in the arithmetic in force, each once. */
function reader(): (cell: Cell) => Real {
  const known = new Map<Step, Map<number, Real>>();
  const read = ([step, at]: Cell): Real => {
    const own = known.get(step) ?? new Map<number, Real>();
    known.set(step, own);
    const before = own.get(at);
    if (before) return before;
    const y = step.kernel
      ? step.kernel.exact(step.from(at).map((cell) => () => read(cell)))
      : real(step.values[at]!);
    own.set(at, y);
    return y;
  };
  return read;
}

function slope(last: Step, cell: Cell, over: Arithmetic): Real {
  const [results, inputs] = reading(dual(over), () => {
    const read = reader();
    const ends = Array.from({ length: last.size }, (_, at) => read([last, at]));
    return [ends, [read(cell)]];
  }) as unknown as readonly [readonly Dual[], readonly Dual[]];
  return pullBack(
    results,
    results.map(() => real(1)),
    inputs,
    real(1),
  )[0]!;
}
