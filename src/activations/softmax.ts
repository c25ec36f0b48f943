/**
 * # Softmax
 *
 *     pᵢ = e^(xᵢ − m)/Σⱼ e^(xⱼ − m),   m = max x
 *     Σⱼ uⱼ ∂pⱼ/∂xᵢ = pᵢ (uᵢ − Σⱼ uⱼ pⱼ)
 *
 * The cotangent u is taken relative to that of the most probable element, which changes nothing but
 * rounding: a constant u then has the gradient 0, and a dominant element keeps its digits.
 */
import { scaled, sum } from '../math/scaled.ts';
import { probability } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

export const softmax = rowwise({
  id: 'softmax',
  reduces: false,
  value({ row, at }, out) {
    for (let i = 0; i < row.length; i++) out[at(i)] = probability(row, i);
  },
  gradient({ row, at }, u, out) {
    const base = u(row.top);
    const relative = (i: number) => (u(i) === base ? 0 : u(i) - base);
    const mean = sum(row.length, (i) => scaled(probability(row, i), relative(i)));
    for (let i = 0; i < row.length; i++) {
      out[at(i)] = scaled(probability(row, i), relative(i) - mean);
    }
  },
});
