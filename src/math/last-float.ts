/**
 * # The last float32 that something is true of
 *
 * By halving, for what is true up to some number and false beyond it.
 */
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
const SIGN = 2 ** 31;
const LARGEST = 0x7f800000;

/** Floats in their order, from −∞ at −LARGEST by 0 to ∞ at LARGEST. */
function floatAt(n: number): number {
  bits[0] = n < 0 ? SIGN - n : n;
  return float[0]!;
}

/** −∞ where it is true of none. */
export function lastFloat(isTrue: (x: number) => boolean): number {
  let [yes, no] = [-LARGEST, LARGEST + 1];
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (isTrue(floatAt(middle))) yes = middle;
    else no = middle;
  }
  return floatAt(yes);
}
