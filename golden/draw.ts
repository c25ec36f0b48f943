/**
 * # Drawn numbers
 *
 * Golden inputs are the ordinary ones: near-normal at several scales, where ONNX Runtime is a fair
 * witness. Only integer arithmetic and exact float operations, so that a seed means the same numbers
 * on every engine.
 */
export interface Draw {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  /** A multiple of 2⁻²⁴ in [0, 1): exact in float32. */
  unit(): number;
  /** A float32 of about normal shape; never beyond six times the scale. */
  normal(scale: number): number;
}

/** Marsaglia's xorshift on 32 bits: period 2³² − 1, and 0 is the one state that it never leaves. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  // States near a small seed are small too; a few steps leave them behind.
  for (let i = 0; i < 16; i++) next();
  const unit = (): number => (next() >>> 8) / 2 ** 24;
  return {
    below: (end) => Math.floor(unit() * end),
    unit,
    // Twelve uniform numbers have variance 1 together.
    normal(scale) {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += unit();
      return Math.fround(sum * scale);
    },
  };
}

export const times = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));

export const pick = <T>(draw: Draw, of: readonly [T, ...T[]]): T =>
  of[draw.below(of.length)] ?? of[0];
