/**
 * # ±√a ± √b + m: its sign, exactly, and its digits
 *
 * For fractions a, b and m. Where the sides differ in sign their squares are compared, until no root is
 * left. What is not 0 then has its digits at some number of places. Only what lies next to 0 has to be
 * told in this way: integers of a thousand digits are slow.
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

/** ⌊√n⌋ by Newton's method, from above. */
function wholeRoot(n: bigint): bigint {
  if (n === 0n) return 0n;
  let root = 1n << BigInt(2 * n.toString(16).length);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** ±√a times 2^places, less than 1 off. */
function rootAt([side, [n, d]]: Root, places: bigint): bigint {
  const root = wholeRoot((n << (2n * places)) / d);
  return side < 0 ? -root : root;
}

/** ±√a ± √b + m within 2⁻⁵¹ of itself; of what is below 2⁻⁹⁶⁰ no more than its sign. */
export function sumOfRoots(x: Root, y: Root, m: Fraction): number {
  const side = signOfRoots(x, y, m);
  if (side === 0) return 0;
  for (const places of [128, 256, 512, 1024]) {
    const at = BigInt(places);
    const total = rootAt(x, at) + rootAt(y, at) + (m[0] << at) / m[1];
    if (total * BigInt(side) >= 1n << 60n) return Number(total) * 2 ** -places;
  }
  return side * Number.MIN_VALUE;
}

/** Next to 0 a rounded sum of a few numbers may have the wrong sign. */
export const isDoubtful = (z: number, size: number): boolean =>
  Number.isFinite(z) && Math.abs(z) <= 1e-12 * size;
