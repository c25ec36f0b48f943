/** # What an open enclosure with float64 ends rounds to in float32 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The gap between neighbours in float32. */
export function gapAt(x: number): number {
  float[0] = x;
  const exponent = (words[HIGH]! & 0x7ff00000) >>> 0;
  words[HIGH] = exponent;
  words[1 - HIGH] = 0;
  return Math.max(float[0]! * 2 ** -23, 2 ** -149);
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
