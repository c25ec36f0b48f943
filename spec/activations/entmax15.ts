/**
 * # 1.5-entmax
 *
 *     entmax15(x)ᵢ = max(xᵢ/2 − τ, 0)²    with τ such that the results sum to 1
 *
 * Between softmax, which is never 0, and sparsemax, which is piecewise linear: small elements become
 * exactly 0, and the slope does not jump. On the support S, where results are above 0, τ solves
 * Σ_S (xⱼ/2 − τ)² = 1. With differences, which alone matter, yᵢ = rᵢ² and
 *
 *     rᵢ = (Σ_S (xᵢ − xⱼ) + E) / 2|S|,    E² = 4|S| − Σ (xⱼ − xₖ)² over the pairs of S
 *     i ∈ S ⟺ Σ (xⱼ − xᵢ)² < 4 over all xⱼ > xᵢ
 */
import { type Real, real, sqrt, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';
import { hasLargest, nothing, supportOf } from '../support.ts';

const support = (x: readonly Real[]): ReadonlySet<number> =>
  supportOf(
    x,
    (above) => above.lt(4),
    (gap) => gap.squared(),
  );

/**
 * The square roots of the results; 0 outside the support. Where Σ (xᵢ − xⱼ) is negative and would
 * cancel E, both are multiplied out: (4 − Σ_S (xᵢ − xⱼ)²) / 2 (E − Σ_S (xᵢ − xⱼ)).
 */
function roots(x: readonly Real[]): readonly Real[] {
  if (!hasLargest(x)) return x.map(nothing);
  const inside = support(x);
  const mates = x.filter((_, j) => inside.has(j));
  const gaps = mates.flatMap((xj, j) => mates.slice(j + 1).map((xk) => xj.minus(xk).squared()));
  const e = sqrt(real(4 * mates.length).minus(sum(gaps)));
  return x.map((xi, i) => {
    if (!inside.has(i)) return real(0);
    const offset = sum(mates.map((xj) => xi.minus(xj)));
    if (offset.sign() >= 0) return offset.plus(e).div(2 * mates.length);
    const squares = sum(mates.map((xj) => xi.minus(xj).squared()));
    return real(4).minus(squares).div(e.minus(offset).times(2));
  });
}

export const entmax15 = rowwise({
  id: 'entmax15',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C') },
  over: '*',
  output: '* C',

  f: ({ input: x }) => roots(x).map((r) => r.squared()),
  addends: ({ input: x }) => roots(x).map((r) => [r.squared()]),
  derivative: {
    // rⱼ uⱼ − rⱼ Σₖ rₖ uₖ / Σₖ rₖ
    input({ input: x }, u) {
      const r = roots(x);
      const total = sum(r);
      const common = r.map((rk, k) => rk.times(u[k]!));
      return r.map((rj, j) => [common[j]!, ...common.map((ru) => rj.times(ru).div(total).neg())]);
    },
  },

  clauses: {
    'ENTMAX-1': ['softmax-sums-to-one', 'The results of a row sum to 1.'],
    'ENTMAX-2': ['value', 'An element that is at least 2 below the largest is exactly 0.'],
    'ENTMAX-3': ['gradient', 'With the roots r of the results it is r (u − Σ r u / Σ r).'],
    'ENTMAX-4': ['special rows', 'One −∞ among finite elements gives 0 there.'],
    'ENTMAX-5': ['special rows', 'A row with NaN or +∞, or of −∞ only, is NaN throughout.'],
  },

  dialects: {},
  sources: ['Peters, Niculae and Martins 2019, arXiv:1905.05702'],
});
