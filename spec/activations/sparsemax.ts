/**
 * # Sparsemax
 *
 *     sparsemax(x)ᵢ = max(xᵢ − τ, 0)    with τ such that the results sum to 1
 *
 * The nearest point to x whose elements are not negative and sum to 1. Small elements become exactly
 * 0. With the support S, where results are above 0, τ = (Σ_S xⱼ − 1) / |S|; written with differences,
 * which alone matter:
 *
 *     yᵢ = (1 + Σ_S (xᵢ − xⱼ)) / |S|,    i ∈ S ⟺ Σ (xⱼ − xᵢ) < 1 over all xⱼ > xᵢ
 *
 * Where a sum is exactly 1 the slope jumps; that element is 0 and outside the support, as are those
 * that a shift to the left keeps at 0.
 */
import { type Real, real, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';
import { hasLargest, nothing, supportOf } from '../support.ts';

const support = (x: readonly Real[]): ReadonlySet<number> =>
  supportOf(
    x,
    (above) => above.lt(1),
    (gap) => gap,
  );

/** 1/|S| and (xᵢ − xⱼ)/|S|, whose sum is the result. */
function parts(x: readonly Real[]): readonly (readonly Real[])[] {
  if (!hasLargest(x)) return x.map((xi) => [nothing(xi)]);
  const inside = support(x);
  const mates = x.filter((_, j) => inside.has(j));
  return x.map((xi, i) =>
    inside.has(i) ? [real(1), ...mates.map((xj) => xi.minus(xj))] : [real(0)],
  );
}
const sizeOf = (x: readonly Real[]): number => (hasLargest(x) ? support(x).size : 1);

export const sparsemax = rowwise({
  id: 'sparsemax',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C') },
  over: '*',
  output: '* C',

  f: ({ input: x }) => parts(x).map((part) => sum(part).div(sizeOf(x))),
  addends: ({ input: x }) => parts(x).map((part) => part.map((a) => a.div(sizeOf(x)))),
  derivative: {
    // uᵢ − Σ_S uⱼ / |S| inside the support, 0 outside
    input({ input: x }, u) {
      if (!hasLargest(x)) return x.map(() => [real(NaN)]);
      const inside = support(x);
      const shares = u.filter((_, j) => inside.has(j)).map((uj) => uj.div(inside.size).neg());
      return x.map((_, i) => (inside.has(i) ? [u[i]!, ...shares] : [real(0)]));
    },
  },

  clauses: {
    'SPARSEMAX-1': ['softmax-sums-to-one', 'The results of a row sum to 1.'],
    'SPARSEMAX-2': ['value', 'An element that is at least 1 below the largest is exactly 0.'],
    'SPARSEMAX-3': [
      'sparsemax-does-not-change-under-shifts',
      'Adding c to every element changes nothing where every x + c is exact.',
    ],
    'SPARSEMAX-4': ['gradient', 'The cotangent minus its mean over the support; 0 outside it.'],
    'SPARSEMAX-5': ['special rows', 'One −∞ among finite elements gives 0 there.'],
    'SPARSEMAX-6': ['special rows', 'A row with NaN or +∞, or of −∞ only, is NaN throughout.'],
  },

  dialects: {
    jax: {
      name: 'optax.projections.projection_simplex',
      note: 'of a vector; its scale is 1',
    },
    keras: { name: 'keras.activations.sparsemax' },
  },
  sources: ['Martins and Astudillo 2016, arXiv:1602.02068'],
});
