/** # Hinges: max(z, 0), and what its slope lets through. NaN stays NaN. */

export const hinge = (z: number): number => Math.max(z, 0);

/** x times the slope of `hinge` in z, which is 1 at 0. */
export const hinged = (z: number, x: number): number => (z < 0 ? 0 : Number.isNaN(z) ? NaN : x);

/** The same where the slope at 0 is 0. */
export const strictlyHinged = (z: number, x: number): number =>
  z <= 0 ? 0 : Number.isNaN(z) ? NaN : x;
