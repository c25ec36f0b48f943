/** The distance of a float32 from a number, in gaps of float32 at that number. */
export function ulps(got: number, due: number): number {
  if (Object.is(got, due) || got === due) return 0;
  const size = Math.abs(due);
  if (!Number.isFinite(due)) return Infinity;
  // ∞ counts as 2¹²⁸.
  const y = Number.isFinite(got) ? got : Math.sign(got) * 2 ** 128;
  const exponent = size > 2 ** -126 ? Math.floor(Math.log2(size)) : -126;
  return Math.abs(y - due) / 2 ** (exponent - 23);
}
