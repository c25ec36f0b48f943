/** # What an open enclosure with float64 ends rounds to in float32 */

const float = new DataView(new ArrayBuffer(8));

/** The gap between neighbours in float32. */
export function gapAt(x: number): number {
  float.setFloat64(0, x);
  const exponent = ((float.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, -126) - 23);
}

/**
 * What both ends round to, from within. The numbers between them have one float32 if these are equal,
 * and a zero of theirs has a sign if these are the same.
 */
export const roundedEnds = (lo: number, hi: number): readonly [number, number] =>
  lo === hi ? [Math.fround(lo), Math.fround(lo)] : [nearest(lo, 1), nearest(hi, -1)];

/** Of a number just beside x: a tie goes to its side, and so does the sign of a zero. */
function nearest(x: number, side: -1 | 1): number {
  if (x === 0) return side * 0;
  const r = Math.fround(x);
  const other = 2 * x - r;
  if (r === x || !Number.isFinite(other) || Math.fround(other) !== other) return r;
  return side > 0 ? Math.max(r, other) : Math.min(r, other);
}
