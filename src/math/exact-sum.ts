/**
 * # Sums whose sign and digits are right whatever cancels
 *
 * A sum is kept as numbers that do not overlap: every addition is split into its rounded result and
 * what that leaves out, both exact (Shewchuk 1997, grow-expansion). The sum of the parts from the
 * largest on is within 2⁻⁵² of the exact sum, has its sign, and is 0 only if that is.
 */
export function exactSum(terms: Iterable<number>): number {
  const parts: number[] = [];
  let plain = 0;
  for (const term of terms) {
    plain += term;
    let [rest, kept] = [term, 0];
    for (const part of parts) {
      const total = rest + part;
      const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
      const lost = small - (total - large);
      if (lost !== 0) parts[kept++] = lost;
      rest = total;
    }
    parts.length = kept;
    parts.push(rest);
  }
  if (!Number.isFinite(plain)) return plain;
  return parts.reduceRight((total, part) => total + part, 0);
}

/** u · v: products of two float32 are exact in float64. */
export const dotProduct = (u: ArrayLike<number>, v: ArrayLike<number>): number =>
  exactSum(Array.from(u, (x, i) => x * v[i]!));

/** A sum as a float64 and what that leaves out. */
export function longExactSum(terms: readonly number[]): readonly [number, number] {
  const high = exactSum(terms);
  return [high, Number.isFinite(high) ? exactSum([...terms, -high]) : 0];
}

/** 2²⁷ + 1 cuts a float64 into halves of 26 bits, by which a float32 is multiplied exactly. */
const CUT = 134217729;

/** x · (high + low) as a sum of exact numbers. */
export function productParts(x: number, long: readonly [number, number]): readonly number[] {
  return long.flatMap((part) => {
    const upper = part * CUT - (part * CUT - part);
    return [x * upper, x * (part - upper)];
  });
}
