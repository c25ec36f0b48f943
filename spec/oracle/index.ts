/**
 * # The oracle: certified answers
 *
 * definition + tensors + format → for every element the correctly rounded float and an enclosure of
 * the exact value. A result that is exact, such as a relu or a mean of small dyadic numbers, is a
 * point, and settles at once even when it is a tie. An open enclosure that begins exactly at a tie
 * settles too, because the value is known to lie strictly beyond it.
 */
import { Decimal } from 'decimal.js';
import { type Dual, dual, pullBack } from '../arithmetic/dual.ts';
import { exactly } from '../exact.ts';
import { type Format, float32, round } from '../format.ts';
import { type Access, accessTo, type Lifted, lift, type Piece } from '../lift.ts';
import type { Op } from '../op.ts';
import { type Arithmetic, type Real, reading, real } from '../real.ts';
import { sizeOf, type Tensor, type Tensors } from '../tensor.ts';
import { type Effort, enclose, type Settle } from './enclose.ts';
import { enclosed, isLikelyZero, settled } from './fast.ts';

export { Uncertified } from './enclose.ts';

export interface Certified {
  /** The correctly rounded result. */
  readonly value: number;
  /** Whether the sign means something where `value` is zero: it underflowed, or is stated. */
  readonly signed: boolean;
  /** The exact result is this one number if lo = hi, and otherwise strictly between the two. */
  readonly lo: Decimal | number;
  readonly hi: Decimal | number;
  /** Decimal digits it took; 0 if float64 was enough. */
  readonly digits: number;
}
export interface Answer {
  readonly shape: readonly number[];
  readonly cells: readonly Certified[];
}

export interface GradientOptions {
  /** The input with respect to which; the first if absent. */
  readonly wrt?: string;
  /** The cotangent of the result; ones if absent. */
  readonly cotangent?: Tensor | undefined;
  readonly format?: Format;
}

/** op(tensors; settings), every element correctly rounded. Throws what `lift` throws, and `Uncertified`. */
export function evaluate(
  op: Op,
  tensors: Tensors,
  settings: object = {},
  format: Format = float32,
): Answer {
  const lifted = lift(op, tensors, settings);
  return { shape: lifted.shape, cells: valuesOf(lifted, format) };
}

/** ∂ Σ cotangent · op(tensors; settings) / ∂ (input `wrt`), every element correctly rounded. */
export function gradient(
  op: Op,
  tensors: Tensors,
  settings: object = {},
  options: GradientOptions = {},
): Answer {
  const { wrt = Object.keys(op.inputs)[0]! } = options;
  const lifted = lift(op, tensors, settings);
  if (lifted.given[wrt] !== 'reals')
    throw new TypeError(`${op.id}: there is no gradient with respect to ${wrt}`);
  return {
    shape: tensors[wrt]!.shape,
    cells: gradientsOf(lifted, wrt, options.cotangent, options.format ?? float32),
  };
}

/** Without a least number of digits, float64 is tried first. */
export const valuesOf = (
  lifted: Lifted,
  format: Format,
  effort: Effort = {},
): readonly Certified[] =>
  gather(lifted.pieces, sizeOf(lifted.shape), ({ signed, formula }) =>
    certify(lifted.op.id, format, signed, () => formula(accessTo(lifted.tensors)), effort),
  );

/** What is a function of one element alone is differentiated alone. */
export function gradientsOf(
  lifted: Lifted,
  wrt: string,
  cotangent: Tensor | undefined,
  format: Format,
  effort: Effort = {},
): readonly Certified[] {
  const what = `${lifted.op.id} grad:${wrt}`;
  const { tensors } = lifted;
  const size = sizeOf(tensors[wrt]!.shape);
  const along = (pieces: readonly Piece[], places: readonly number[]) =>
    certifySome(
      what,
      format,
      (chosen = [...places.keys()]) =>
        slopes(
          pieces,
          tensors,
          wrt,
          chosen.map((i) => places[i]!),
          cotangent,
        ),
      effort,
    );
  if (lifted.op.stated?.includes(wrt))
    return certify(what, format, false, () => statedSlopes(lifted, wrt, cotangent), effort);
  if (lifted.op.kind === 'elementwise')
    return gather(lifted.pieces, size, (piece) => along([piece], piece.at));
  return along(
    lifted.pieces,
    Array.from({ length: size }, (_, i) => i),
  );
}

/** The gradient with respect to some elements of an input, as a formula. */
export const slopes =
  (
    pieces: readonly Piece[],
    tensors: Tensors,
    wrt: string,
    places: readonly number[],
    cotangent: Tensor | undefined,
  ) =>
  (over: Arithmetic): readonly Real[] => {
    const [results, inputs] = reading(dual(over), () => {
      const x: Access = accessTo(tensors);
      return [pieces.flatMap((piece) => piece.formula(x)), places.map((place) => x(wrt, place))];
    }) as unknown as readonly [readonly Dual[], readonly Dual[]];
    const u = pieces.flatMap(({ at }) => at.map((place) => real(cotangent?.data[place] ?? 1)));
    return pullBack(results, u, inputs, real(1));
  };

/** The stated gradient with respect to every element of an input. */
function statedSlopes(lifted: Lifted, wrt: string, cotangent: Tensor | undefined): readonly Real[] {
  const u = Array.from({ length: sizeOf(lifted.shape) }, (_, i) => real(cotangent?.data[i] ?? 1));
  const sums = Array.from({ length: sizeOf(lifted.tensors[wrt]!.shape) }, () => real(0));
  for (const { place, addends } of lifted.derivative(wrt, accessTo(lifted.tensors), u) ?? [])
    for (const addend of addends) sums[place] = sums[place]!.plus(addend);
  return sums;
}

function gather(
  pieces: readonly Piece[],
  size: number,
  certified: (piece: Piece) => readonly Certified[],
): readonly Certified[] {
  const cells = new Array<Certified>(size);
  for (const piece of pieces)
    for (const [i, cell] of certified(piece).entries()) cells[piece.at[i]!] = cell;
  return cells;
}

type Formula = (over: Arithmetic) => readonly Real[];

/** Every element of a formula's result, correctly rounded; `signed` if its zeros state their sign. */
export function certify(
  what: string,
  format: Format,
  signed: boolean,
  formula: Formula,
  effort: Effort = {},
): readonly Certified[] {
  const some = (chosen?: readonly number[]) => (over: Arithmetic) => {
    const all = formula(over);
    return chosen ? chosen.map((i) => all[i]!) : all;
  };
  const cells = certifySome(what, format, some, effort);
  return signed ? cells.map((cell) => ({ ...cell, signed })) : cells;
}

/** Only what float64 leaves open is read in decimals; `formula` gives some results, or all. */
function certifySome(
  what: string,
  format: Format,
  formula: (chosen?: readonly number[]) => Formula,
  effort: Effort,
): readonly Certified[] {
  const enclosures = effort.from === undefined ? enclosed(formula()) : undefined;
  if (!enclosures) return enclose(what, formula(), toFormat(format), effort);
  const cells = enclosures.map((y) => settled(y, format));
  const open = [...cells.keys()].filter((i) => cells[i] === undefined);
  if (open.length > 0) {
    const from = open.some((i) => isLikelyZero(enclosures[i]!)) ? 60 : 0;
    const slow = enclose(what, formula(open), toFormat(format), { ...effort, from });
    for (const [k, i] of open.entries()) cells[i] = slow[k];
  }
  return cells as readonly Certified[];
}

/** Settles when both ends round to the same float. */
export const toFormat =
  (format: Format): Settle<Certified> =>
  ({ lo, hi, isPoint }, digits) => {
    const low = round(lo, format, isPoint ? 0 : 1);
    const high = round(hi, format, isPoint ? 0 : -1);
    // Ends that round to zeros of different sign have settled too: it is a zero.
    if (low !== high && !(Number.isNaN(low) && Number.isNaN(high))) return undefined;
    const alike = Object.is(low, high);
    const signed = alike && (!isPoint || Object.is(low, -0));
    return { value: alike ? low : 0, lo, hi, signed, digits };
  };

/**
 * The exact value to so many significant digits, correctly rounded: 'NaN' and 'Infinity' included.
 * An end that is a tie is rounded to the side where the value lies.
 */
export const toDecimals =
  (places: number): Settle<string> =>
  ({ lo, hi, isPoint }) => {
    if (isPoint)
      return written(lo.isFinite() ? lo.toSignificantDigits(places, Decimal.ROUND_HALF_EVEN) : lo);
    const low = lo.toSignificantDigits(places, Decimal.ROUND_HALF_CEIL);
    const high = hi.toSignificantDigits(places, Decimal.ROUND_HALF_FLOOR);
    return low.eq(high) && !low.isZero() ? written(low) : undefined;
  };
const written = (x: Decimal): string => (x.isZero() && x.s < 0 ? '-0' : x.toString());

/** An end as a decimal number, exactly. */
export const decimalOf = (end: Decimal | number): Decimal =>
  typeof end === 'number' ? new Decimal(exactly(end)) : end;
