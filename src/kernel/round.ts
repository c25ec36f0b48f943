/** # Exact numbers to float32, rounded once, ties to even */
import { type Fraction, fractionOf, times } from './fraction.ts';

/**
 * high + low as a float32, for |low| at most half of the last place of high. All ties are float64
 * themselves: low, of which only the sign counts, decides if high is one.
 */
export function roundSum(high: number, low: number): number {
  const near = Math.fround(high);
  if (low === 0 || near === high) return near;
  // Beyond the largest float32 is what would be the next one.
  const first = Math.abs(near) === Infinity ? Math.sign(near) * 2 ** 128 : near;
  const other = first + 2 * (high - first);
  if (Math.fround(other) !== other) return near;
  return Math.fround(low < 0 ? Math.min(first, other) : Math.max(first, other));
}

/** n/d·factor, likewise. */
export function roundFraction(fraction: Fraction, factor: number): number {
  const [n, d] = times(fraction, fractionOf(factor));
  const size = n < 0n ? -n : n;
  // Scaled to an integer of 54 or 55 bits, whose last one says there is more.
  const shift = 55 - (lengthOf(size) - lengthOf(d));
  const [top, below] = shift > 0 ? [size << BigInt(shift), d] : [size, d << BigInt(-shift)];
  const whole = top / below;
  const odd = whole * below === top ? whole : whole | 1n;
  const sign = n < 0n ? -1 : 1;
  // Cut to 53 bits with the last one set if anything was cut.
  const cut = BigInt(Math.max(0, lengthOf(odd) - 53));
  const kept = odd >> cut;
  const mantissa = kept << cut === odd ? kept : kept | 1n;
  return sign * Math.fround(timesPower(Number(mantissa), Number(cut) - shift));
}

const lengthOf = (n: bigint): number => n.toString(2).length;

/** What is beyond float32 is so by far, and stays there. */
const timesPower = (x: number, k: number): number =>
  x *
  2 ** Math.max(-500, Math.min(Math.trunc(k / 2), 400)) *
  2 ** Math.max(-500, Math.min(k - Math.trunc(k / 2), 400));
