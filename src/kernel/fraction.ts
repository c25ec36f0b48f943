/** # Fractions: exact, not reduced, with denominators above 0 */
export type Fraction = readonly [n: bigint, d: bigint];

/** A float64, exactly. */
export function fractionOf(x: number): Fraction {
  let [n, d] = [x, 1n];
  for (; !Number.isInteger(n); n *= 2) d *= 2n;
  return [BigInt(n), d];
}

export const negated = ([n, d]: Fraction): Fraction => [-n, d];
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
export const minus = (x: Fraction, y: Fraction): Fraction => plus(x, negated(y));
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const inverse = ([n, d]: Fraction): Fraction => (n < 0n ? [-d, -n] : [d, n]);
/** x/y for y ≠ 0. */
export const over = (x: Fraction, y: Fraction): Fraction => times(x, inverse(y));

export const sign = (n: bigint): number => (n > 0n ? 1 : n < 0n ? -1 : 0);
/** The sign of x − y. */
export const compare = ([a, b]: Fraction, [c, d]: Fraction): number => sign(a * d - c * b);
