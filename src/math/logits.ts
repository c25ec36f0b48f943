/**
 * # Distances of logits from the largest one
 *
 * A logit is a sum of float64. Pairs of doubles hold it unless its addends are large: then every
 * distance is a sum that loses nothing.
 */
import { minus } from './exact-sum.ts';
import { longSum } from './scaled.ts';

type Sum = readonly number[];

/** Below this, what a pair of doubles leaves out is not seen in a power: 2⁻⁶⁰ or so. */
export const LARGE = 2 ** 44;

export const areBelow = (limit: number, sums: readonly Sum[]): boolean =>
  sums.every((terms) => {
    for (const x of terms) if (!(Math.abs(x) < limit)) return false;
    return true;
  });

export const distances = (logits: readonly Sum[]): Float64Array =>
  areBelow(LARGE, logits) ? ofPairs(logits) : ofSums(logits);

function ofPairs(logits: readonly Sum[]): Float64Array {
  const all = logits.map((terms) => longSum(terms.length, (i) => terms[i]!));
  const [high, low] = all.reduce((m, l) => (l[0] + l[1] <= m[0] + m[1] ? m : l), [-Infinity, 0]);
  return Float64Array.from(all, ([h, l]) => h - high + (l - low));
}

function ofSums(logits: readonly Sum[]): Float64Array {
  const top = logits.reduce((m, l) => (minus(l, m) > 0 ? l : m));
  return Float64Array.from(logits, (l) => minus(l, top));
}
