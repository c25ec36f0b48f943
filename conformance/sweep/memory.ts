/** # Where what is in the memory that compiled code and this program share */

/** Inputs at a time. */
export const CHUNK = 4096;

/** In bytes. */
export const AT = {
  /** What the candidate answered, in float32. */
  got: 0,
  /** The ends, in float64. */
  lo: CHUNK * 4,
  hi: CHUNK * 12,
  /** What the answers err by, in ulp: see errors.ts. */
  errors: CHUNK * 20,
  /** The largest error of the rounded results of each lane, in ulp. */
  worst: CHUNK * 28,
} as const;
export const PAGES = Math.ceil((CHUNK * 28 + 16) / 65_536);
