/** # Σ (u_i − v_i)² as a distance of triplets: a sum of exact numbers */
import type { Distance } from '../triplet.ts';
import { exactSum } from './exact-sum.ts';

/** (x − y)² = x² − 2xy + y² of float32 */
const square = (x: number, y: number): readonly number[] =>
  Number.isFinite(x - y) ? [x * x, -2 * x * y, y * y] : [(x - y) ** 2];

export const bySquares: Distance<readonly number[]> = {
  between(u, v) {
    const more = Array.from(u, (x, i) => square(x, v[i]!)).flat();
    return {
      d: exactSum(more),
      more,
      slopes() {
        const slopes = Array.from(u, (x, i) => 2 * (x - v[i]!));
        return [slopes, slopes.map((slope) => -slope)];
      },
    };
  },
  compare: (x, y) => exactSum([...x.more, ...y.more.map((part) => -part)]),
  difference: (x, y, margin) => exactSum([...x.more, ...y.more.map((part) => -part), margin]),
};
