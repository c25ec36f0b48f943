/** # Distances of triplets by norms */
import { compare, fractionOf } from '../kernel/fraction.ts';
import type { Distance } from '../triplet.ts';
import { type Apart, apart, differenceOf, norm, normSlopes, squareOf } from './norm.ts';
import { isDoubtful, sumOfRoots } from './root-sum.ts';

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
  difference: (x, y, margin) =>
    p === 2
      ? sumOfRoots([1, squareOf(x.more)], [-1, squareOf(y.more)], fractionOf(margin))
      : differenceOf(x.more, y.more, p, margin),
});
