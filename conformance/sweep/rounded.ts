/** # What an open enclosure with float64 ends rounds to in float32 */

const float = new DataView(new ArrayBuffer(8));

/** The gap between neighbours in float32. */
export function gapAt(x: number): number {
  float.setFloat64(0, x);
  const exponent = ((float.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, -126) - 23);
}

/** The float32 that all numbers strictly between lo and hi round to; undefined where they are two. */
export function roundedBetween(lo: number, hi: number): number | undefined {
  const [low, high] = [nearest(lo, 1), nearest(hi, -1)];
  return Object.is(low, high) ? low : undefined;
}

/** Of a number just beside x: a tie goes to its side, and so does the sign of a zero. */
function nearest(x: number, side: -1 | 1): number {
  if (x === 0) return side * 0;
  const r = Math.fround(x);
  const other = 2 * x - r;
  if (r === x || !Number.isFinite(other) || Math.fround(other) !== other) return r;
  return side > 0 ? Math.max(r, other) : Math.min(r, other);
}
