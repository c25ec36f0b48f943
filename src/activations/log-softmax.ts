/**
 * # Log-softmax
 *
 *     yᵢ = (xᵢ − m) − ln(1 + rest),   rest = Σ e^(xⱼ − m) without one maximum
 *     Σⱼ uⱼ ∂yⱼ/∂xᵢ = uᵢ − pᵢ Σ uⱼ
 *
 * Neither the value nor the gradient of a dominant element is rounded to 0.
 */
import { logProbability, pullBack } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

export const logSoftmax = rowwise({
  id: 'log-softmax',
  reduces: false,
  value({ row, at }, out) {
    for (let i = 0; i < row.length; i++) out[at(i)] = logProbability(row, i);
  },
  gradient({ row, at }, u, out) {
    pullBack(row, u, (i, slope) => {
      out[at(i)] = slope;
    });
  },
});
