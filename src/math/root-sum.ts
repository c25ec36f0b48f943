/**
 * # The sign of ±√a ± √b + m, exactly
 *
 * For fractions a, b and m. Where the sides differ in sign their squares are compared, until no root is
 * left. Only what lies next to 0 has to be told in this way: integers of a thousand digits are slow.
 */
import { compare, type Fraction, minus, plus, sign, times } from '../kernel/fraction.ts';

/** A sign and a square. */
export type Root = readonly [sign: number, square: Fraction];

const bits = new DataView(new ArrayBuffer(8));
/** The exponent of the smallest float64, 2⁻¹⁰⁷⁴. */
const LEAST = 1074;
const ONE = 1n << BigInt(LEAST);

/** A finite number times 2¹⁰⁷⁴. */
export function whole(x: number): bigint {
  bits.setFloat64(0, Math.abs(x));
  const biased = bits.getUint16(0) >> 4;
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn;
  const size = biased === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(biased - 1);
  return x < 0 ? -size : size;
}

/** A product of two numbers that `whole` made. */
export const ofSquares = (x: bigint): Fraction => [x, ONE * ONE];

/** The sign of ±√a + m. */
function signOfOne([side, a]: Root, m: Fraction): number {
  const root = a[0] === 0n ? 0 : side;
  const other = sign(m[0]);
  if (root * other >= 0) return root === 0 ? other : root;
  return root * compare(a, times(m, m));
}

/** The sign of ±√a ± √b + m. */
export function signOfRoots(first: Root, [side, b]: Root, m: Fraction): number {
  const left = signOfOne(first, m);
  const right = b[0] === 0n ? 0 : side;
  if (left * right >= 0) return left === 0 ? right : left;
  // (±√a + m)² − b = (a + m² − b) ± 2m √a
  const [root, a] = first;
  const square = times(m, m);
  const mixed: Root = [root * sign(m[0]), times([4n, 1n], times(square, a))];
  const larger = signOfOne(mixed, minus(plus(a, square), b));
  return larger === 0 ? 0 : larger > 0 ? left : right;
}

/** Next to 0 a rounded sum of a few numbers may have the wrong sign. */
export const isDoubtful = (z: number, size: number): boolean =>
  Number.isFinite(z) && Math.abs(z) <= 1e-12 * size;
