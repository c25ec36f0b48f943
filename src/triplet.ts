/**
 * # Triplets
 *
 *     ℓ(a, p, n) = max(0, z),   z = d(a, p) − d(a, n) + margin
 *
 * With `swap` the smaller of d(a, n) and d(p, n) takes the place of d(a, n), and of two equal ones each
 * has half of the slope. A distance says how far two vectors are apart, and what differences are where
 * those of float64 have lost their digits.
 */
import { hinge, hinged } from './math/hinge.ts';
import { isDoubtful } from './math/root-sum.ts';
import type { Parameters } from './parameters.ts';
import { number } from './parameters.ts';
import { termLoss } from './term-loss.ts';

type Vector = ArrayLike<number>;

export interface Between<M> {
  readonly d: number;
  /** What is known of it beside that. */
  readonly more: M;
  readonly slopes: () => readonly [Vector, Vector];
}
export interface Distance<M> {
  readonly between: (u: Vector, v: Vector) => Between<M>;
  /** The sign of x − y. */
  readonly compare: (x: Between<M>, y: Between<M>) => number;
  /** x − y + margin, with its sign and its digits. */
  readonly difference: (x: Between<M>, y: Between<M>, margin: number) => number;
}

export interface Settings {
  readonly margin: number;
  readonly swap: boolean;
}
export interface Triplet {
  readonly anchor: Vector;
  readonly positive: Vector;
  readonly negative: Vector;
}

/** z, and the distances that it is made of with their shares. */
function gapOf<M>(
  { anchor, positive, negative }: Triplet,
  { margin, swap }: Settings,
  distance: Distance<M>,
) {
  const near = distance.between(anchor, positive);
  const far = distance.between(anchor, negative);
  const other = swap ? distance.between(positive, negative) : far;
  const side = swap ? distance.compare(far, other) : -1;
  const least = side > 0 ? other : far;
  // Of a tie, and of NaN, both.
  const d = side === 0 || Number.isNaN(side) ? (far.d + other.d) / 2 : least.d;
  const shares = side < 0 ? [1, 0] : side > 0 ? [0, 1] : [0.5, 0.5];
  const plain = near.d - d + margin;
  const isDoubted = isDoubtful(plain, near.d + d + margin);
  const z = isDoubted ? distance.difference(near, least, margin) : plain;
  return { z, near, far, other, own: shares[0]!, rest: shares[1]! };
}

export function tripletLoss<P extends object, M>(
  id: string,
  parameters: Parameters<P>,
  distanceOf: (params: P) => Distance<M>,
) {
  return termLoss({
    id,
    accuracy: { value: 'B', gradient: 'B' },
    parameters: { ...parameters } as Parameters<P & Settings>,
    inputs: { anchor: 'vector', positive: 'vector', negative: 'vector' },
    differentiable: ['anchor', 'positive', 'negative'],
    value: (triplet, params) => hinge(gapOf(triplet, params, distanceOf(params)).z),
    slopes(triplet, params) {
      const gap = gapOf(triplet, params, distanceOf(params));
      const { z, own, rest } = gap;
      const [a, p] = gap.near.slopes();
      const [b, n] = gap.far.slopes();
      const [q, m] = rest > 0 ? gap.other.slopes() : [n, n];
      const less = (share: number, slope: number): number => (share > 0 ? share * slope : 0);
      return {
        anchor: Array.from(a, (x, i) => hinged(z, x - less(own, b[i]!))),
        positive: Array.from(p, (x, i) => hinged(z, x - less(rest, q[i]!))),
        negative: Array.from(n, (x, i) => hinged(z, -less(own, x) - less(rest, m[i]!))),
      };
    },
  });
}

/** A number above 0. */
export const margin = number({ default: 1, min: Number.MIN_VALUE });
