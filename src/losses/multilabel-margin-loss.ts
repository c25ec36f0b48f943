/**
 * # Multi-label margin loss
 *
 *     ℓ(x, y) = 1/C Σ_{j ∈ y} Σ_{i ∉ y} max(0, z),   z = 1 − x_j + x_i
 *     ∂ℓ/∂x_i = 1/C and ∂ℓ/∂x_j = −1/C for each z > 0
 *
 * y is a list of classes that −1 ends.
 */
import { exactSum } from '../math/exact-sum.ts';
import { strictlyHinged } from '../math/hinge.ts';
import { newTotal } from '../math/scaled.ts';
import { checkRows } from '../places.ts';
import { termLoss } from '../term-loss.ts';

const id = 'multilabel-margin-loss';

/** Calls `visit` for each class of the list and each class that is not listed. */
function compare(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  visit: (z: number, j: number, i: number) => void,
): void {
  const end = Array.from(y).indexOf(-1);
  const listed = Array.from(y).slice(0, end < 0 ? y.length : end);
  for (const j of listed)
    for (let i = 0; i < x.length; i++)
      if (!listed.includes(i)) visit(exactSum([1, -x[j]!, x[i]!]), j, i);
}

export const multilabelMarginLoss = termLoss({
  id,
  parameters: {},
  inputs: { input: 'vector', target: 'classes' },
  differentiable: ['input'],
  refuse: ({ input }) => checkRows(id, input.shape),
  value({ input: x, target: y }) {
    const total = newTotal();
    compare(x, y, (z) => total.add(strictlyHinged(z, z)));
    return total.value() / x.length;
  },
  slopes({ input: x, target: y }) {
    const counts = Array.from(x, () => 0);
    compare(x, y, (z, j, i) => {
      const one = strictlyHinged(z, 1);
      counts[i]! += one;
      counts[j]! -= one;
    });
    return { input: counts.map((count) => count / x.length) };
  },
});
