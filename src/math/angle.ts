/** # 1 − cos(u, v) as a distance of triplets, lengths not below 1e−8 */
import { compare, type Fraction, fractionOf, over, times } from '../kernel/fraction.ts';
import type { Between, Distance } from '../triplet.ts';
import { atLeast, cosine, cosineSlopes } from './cosine.ts';
import { isDoubtful, ofSquares, type Root, sumOfRoots, whole } from './root-sum.ts';

type Vector = ArrayLike<number>;
type Pair = readonly [Vector, Vector];

const length = atLeast(1e-8);
/** 1e−8, squared, as the decimal that it is. */
const LEAST: Fraction = [1n, 10n ** 16n];

const product = (u: Vector, v: Vector): bigint =>
  Array.from(u, (x, i) => whole(x) * whole(v[i]!)).reduce((total, x) => total + x, 0n);

function squareOf(u: Vector): Fraction {
  const own = ofSquares(product(u, u));
  return compare(own, LEAST) < 0 ? LEAST : own;
}

/** The cosine, exactly: a sign, and its square. */
function exactly([u, v]: Pair): Root {
  const dot = product(u, v);
  const squared = times(ofSquares(dot), ofSquares(dot));
  return [dot < 0n ? -1 : 1, over(squared, times(squareOf(u), squareOf(v)))];
}
const against = ([sign, square]: Root): Root => [-sign, square];

const difference = (x: Between<Pair>, y: Between<Pair>, margin: number): number =>
  sumOfRoots(exactly(y.more), against(exactly(x.more)), fractionOf(margin));

export const byAngle: Distance<Pair> = {
  between: (u, v) => ({
    d: 1 - cosine(u, v, length),
    more: [u, v],
    slopes: () => [
      cosineSlopes(u, v, length).map((slope) => -slope),
      cosineSlopes(v, u, length).map((slope) => -slope),
    ],
  }),
  compare(x, y) {
    const plain = x.d - y.d;
    return Number.isFinite(plain) && isDoubtful(plain, 1) ? difference(x, y, 0) : plain;
  },
  difference,
};
