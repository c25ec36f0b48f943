/**
 * # Categorical hinge loss
 *
 *     ℓ(x, t) = max(0, z),   z = 1 + max_i (1 − t_i) x_i − Σ_i t_i x_i
 *     ∂ℓ/∂x_i = (1 − t_i)/n − t_i      where z ≥ 0
 *
 * The first part for the n largest products alone.
 */
import { exactSum } from '../math/exact-sum.ts';
import { hinge, hinged } from '../math/hinge.ts';
import { scaled } from '../math/scaled.ts';
import { termLoss } from '../term-loss.ts';

type Vector = ArrayLike<number>;

/** (1 − t) x as the sum of exact numbers. */
function product(x: number, t: number): readonly number[] {
  return Number.isFinite(x) ? [x, -t * x] : [scaled(1 - t, x)];
}
/** Whether x exceeds y, both sums of exact numbers. */
const exceeds = (x: readonly number[], y: readonly number[]): boolean =>
  exactSum([...x, ...y.map((part) => -part)]) > 0;

interface Gap {
  readonly z: number;
  readonly isLargest: readonly boolean[];
}
function gapOf(x: Vector, t: Vector): Gap {
  const products = Array.from(x, (xi, i) => product(xi, t[i]!));
  const m = products.reduce((a, b) => (exceeds(b, a) ? b : a), [-Infinity]);
  const wanted = Array.from(x, (xi, i) => -scaled(t[i]!, xi));
  const isNan = products.length === 0 || products.some((parts) => Number.isNaN(exactSum(parts)));
  return {
    z: isNan ? NaN : exactSum([...m, ...wanted, 1]),
    isLargest: products.map((parts) => !exceeds(m, parts)),
  };
}

export const categoricalHingeLoss = termLoss({
  id: 'categorical-hinge-loss',
  accuracy: { value: 'B', gradient: 'B' },
  parameters: {},
  inputs: { input: 'vector', target: 'vector' },
  differentiable: ['input'],
  value: ({ input, target }) => hinge(gapOf(input, target).z),
  slopes({ input, target }) {
    const { z, isLargest } = gapOf(input, target);
    const count = isLargest.filter(Boolean).length;
    return {
      input: isLargest.map((is, i) => hinged(z, (is ? (1 - target[i]!) / count : 0) - target[i]!)),
    };
  },
});
