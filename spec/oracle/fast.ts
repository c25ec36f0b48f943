/**
 * # Certified answers, in volume
 *
 * The same formulas read once with float64 ends. An enclosure both of whose ends round to the same
 * bits is as good a proof as one with 30 digits, at a hundredth of the cost; whatever this reading
 * does not decide goes to `enclose.ts`.
 */
import { floats } from '../arithmetic/float-ends.ts';
import type { Interval } from '../arithmetic/interval.ts';
import { type Format, roundNumber } from '../format.ts';
import type { Arithmetic, Real } from '../real.ts';
import { attempt } from './enclose.ts';
import type { Certified } from './index.ts';

/** What one float64 reading encloses; undefined where it cannot be read. */
export const enclosed = (
  formula: (over: Arithmetic) => readonly Real[],
): readonly Interval<number>[] | undefined =>
  attempt(floats, formula) as readonly Interval<number>[] | undefined;

/** What an enclosure settles, if it does. */
export function settled(y: Interval<number>, format: Format): Certified | undefined {
  const { lo, hi, isPoint } = y;
  const low = roundNumber(lo, format, isPoint ? 0 : 1);
  const high = roundNumber(hi, format, isPoint ? 0 : -1);
  if (!Object.is(low, high)) return undefined;
  return { value: low, lo, hi, signed: !isPoint || Object.is(lo, -0), digits: 0 };
}

/** Around 0, and wide: what cancels this far is 0 more often than not, and 30 digits would not tell. */
export const isLikelyZero = ({ lo, hi }: Interval<number>): boolean =>
  lo < 0 && hi > 0 && hi - lo > 2 ** -90;
