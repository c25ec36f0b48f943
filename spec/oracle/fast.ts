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

/** What one float64 reading settles; undefined for the rest, and for all where it cannot be read. */
export function decide(
  format: Format,
  formula: (over: Arithmetic) => readonly Real[],
): readonly (Certified | undefined)[] | undefined {
  const results = attempt(floats, formula) as readonly Interval<number>[] | undefined;
  return results?.map((y) => settled(y, format));
}

function settled(y: Interval<number>, format: Format): Certified | undefined {
  const { lo, hi, isPoint } = y;
  const low = roundNumber(lo, format, isPoint ? 0 : 1);
  const high = roundNumber(hi, format, isPoint ? 0 : -1);
  if (!Object.is(low, high)) return undefined;
  return { value: low, lo, hi, signed: !isPoint || Object.is(lo, -0), digits: 0 };
}
