/** # Distances of triplets by norms */
import { compare, fractionOf } from '../kernel/fraction.ts';
import type { Distance } from '../triplet.ts';
import { exactSum } from './exact-sum.ts';
import { type Apart, addendsOf, apart, norm, normSlopes, squareOf } from './norm.ts';
import { isDoubtful, signOfRoots } from './root-sum.ts';

const negated = (x: readonly number[]): number[] => x.map((xi) => -xi);

/** ‖u − v + eps‖_p */
export const byNorm = (p: number, eps: number): Distance<Apart> => ({
  between(u, v) {
    const more = apart(u, v, eps);
    return {
      d: norm(more, p),
      more,
      slopes() {
        const slopes = normSlopes(more, p);
        return [slopes, negated(slopes)];
      },
    };
  },
  compare(x, y) {
    const plain = x.d - y.d;
    if (!Number.isFinite(plain) || !isDoubtful(plain, x.d)) return plain;
    return p === 2
      ? compare(squareOf(x.more), squareOf(y.more))
      : differenceOf(x.more, y.more, p, 0);
  },
  sign: (x, y, margin) =>
    p === 2
      ? signOfRoots([1, squareOf(x.more)], [-1, squareOf(y.more)], fractionOf(margin))
      : differenceOf(x.more, y.more, p, margin),
});

/** x − y + margin, which keeps its digits where the largest components cancel. */
const differenceOf = (x: Apart, y: Apart, p: number, margin: number): number =>
  exactSum([...addendsOf(x, p), ...negated(addendsOf(y, p)), margin]);
