/**
 * # Multi-class margin loss
 *
 *     ℓ(x, y) = w_y/C Σ_{i ≠ y} max(0, z_i)^p,   z_i = margin − x_y + x_i,   p = 1 or 2
 *     ∂ℓ/∂x_i = w_y/C p z_i^(p−1) where z_i > 0,   ∂ℓ/∂x_y = −Σ ∂ℓ/∂x_i
 */
import { exactSum } from '../math/exact-sum.ts';
import { strictlyHinged } from '../math/hinge.ts';
import { scaled, sum } from '../math/scaled.ts';
import { integer, number } from '../parameters.ts';
import { checkRows } from '../places.ts';
import { termLoss } from '../term-loss.ts';

const id = 'multi-margin-loss';

const missing = (x: ArrayLike<number>, y: number, i: number, margin: number): number =>
  exactSum([margin, -x[y]!, x[i]!]);

export const multiMarginLoss = termLoss({
  id,
  parameters: { p: integer(1, { min: 1, max: 2 }), margin: number({ default: 1 }) },
  inputs: { input: 'vector', target: 'class', weight: 'shared' },
  differentiable: ['input'],
  optional: ['weight'],
  refuse: ({ input }) => checkRows(id, input.shape),
  value({ input: x, target: y, weight }, { p, margin }) {
    const total = sum(x.length, (i) => {
      const z = i === y ? 0 : missing(x, y, i, margin);
      const kept = strictlyHinged(z, z);
      return i === y ? 0 : scaled(weight[y]!, p === 2 ? kept * kept : kept);
    });
    return total / x.length;
  },
  slopes({ input: x, target: y, weight }, { p, margin }) {
    const slopes = Array.from(x, (_, i) => {
      const z = i === y ? 0 : missing(x, y, i, margin);
      return strictlyHinged(z, scaled(weight[y]!, p === 2 ? 2 * z : 1)) / x.length;
    });
    slopes[y] = -sum(x.length, (i) => slopes[i]!);
    return { input: slopes };
  },
});
