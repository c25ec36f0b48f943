/**
 * # Triplets: an anchor should be nearer to a positive than to a negative, by a margin
 *
 *     z = d(a, p) − d(a, n) + margin
 *
 * With `swap` the smaller of d(a, n) and d(p, n) takes the place of d(a, n), and of two equal ones
 * each has half of the slope.
 */
import { type Real, real } from './functions.ts';
import { hinge, hinged } from './hinge.ts';
import { reals } from './input.ts';
import type { Addends, Term } from './op.ts';
import { flag, number } from './param.ts';

type Vector = readonly Real[];
type Sums = readonly (readonly Real[])[];

interface Triplet {
  readonly anchor: Vector;
  readonly positive: Vector;
  readonly negative: Vector;
}
/** A distance, what it is compared by, and its slopes in either vector. */
export interface Distance {
  readonly of: (u: Vector, v: Vector) => Real;
  readonly order: (u: Vector, v: Vector) => Real;
  readonly slopes: (u: Vector, v: Vector) => readonly [Sums, Sums];
}
interface Rule {
  readonly distance: Distance;
  readonly swap: boolean;
  readonly margin: Real;
}

/** The shares that d(a, n) and d(p, n) have. */
function sharesOf({ anchor, positive, negative }: Triplet, { distance, swap }: Rule) {
  if (!swap) return [1, 0] as const;
  const [near, far] = [distance.order(anchor, negative), distance.order(positive, negative)];
  if (near.lt(far)) return [1, 0] as const;
  return near.gt(far) ? ([0, 1] as const) : ([0.5, 0.5] as const);
}

/** What z is the sum of. */
function partsOf(triplet: Triplet, rule: Rule): readonly Real[] {
  const { anchor, positive, negative } = triplet;
  const { distance, margin } = rule;
  const [own, other] = sharesOf(triplet, rule);
  return [
    distance.of(anchor, positive),
    ...(own > 0 ? [distance.of(anchor, negative).times(-own)] : []),
    ...(other > 0 ? [distance.of(positive, negative).times(-other)] : []),
    margin,
  ];
}

const total = (parts: readonly Real[]): Real => parts.reduce((z, part) => z.plus(part));

/** The slopes of max(z, 0). */
function slopesOf(triplet: Triplet, rule: Rule): { readonly [of in keyof Triplet]: Sums } {
  const { anchor, positive, negative } = triplet;
  const [own, other] = sharesOf(triplet, rule);
  const z = total(partsOf(triplet, rule));
  const times = (sums: Sums, by: number): Sums =>
    sums.map((addends) => (by === 0 ? [] : addends.map((x) => x.times(by))));
  const together = (x: Sums, y: Sums): Sums =>
    x.map((addends, i) => hinged(z, ...addends, ...y[i]!));
  const { slopes } = rule.distance;
  const [toPositive, toAnchor] = slopes(anchor, positive);
  const [a, n] = own > 0 ? slopes(anchor, negative) : [none(anchor), none(anchor)];
  const [p, m] = other > 0 ? slopes(positive, negative) : [none(anchor), none(anchor)];
  return {
    anchor: together(toPositive, times(a, -own)),
    positive: together(toAnchor, times(p, -other)),
    negative: together(times(n, -own), times(m, -other)),
  };
}
const none = (x: Vector): Sums => x.map(() => [real(0)]);

/** What losses of triplets have in common, by what their parameters say. */
export const tripletLoss = <P>(ruleOf: (p: P) => Rule) => ({
  inputs: { anchor: reals('* D'), positive: reals('* D'), negative: reals('* D') },
  over: '*' as const,
  term: (triplet: Triplet, p: P): Term => ({
    value: hinge(total(partsOf(triplet, ruleOf(p)))),
    weight: real(1),
  }),
  addends(triplet: Triplet, p: P): Addends {
    const parts = partsOf(triplet, ruleOf(p));
    return hinged(total(parts), ...parts);
  },
  derivative: {
    anchor: (triplet: Triplet, p: P) => slopesOf(triplet, ruleOf(p)).anchor,
    positive: (triplet: Triplet, p: P) => slopesOf(triplet, ruleOf(p)).positive,
    negative: (triplet: Triplet, p: P) => slopesOf(triplet, ruleOf(p)).negative,
  },
});

/** Parameters that all of them have. */
export const tripletParams = {
  // Above 0: the smallest number that is.
  margin: number({ default: 1, min: Number.MIN_VALUE, draw: [0.0625, 8], exact: [1, 0.5] }),
  eps: number({ default: 1e-6, min: 0, draw: [0, 1], exact: [0, 0.25] }),
  swap: flag(),
};
