/**
 * # Log-sum-exp
 *
 *     y = ln Σ eˣ = m + ln(1 + rest),   ∂y/∂xᵢ = softmax(x)ᵢ
 *
 * −∞ for a row of −∞ only, +∞ for a row with +∞, NaN for a row with NaN; in these the gradient is NaN.
 */
import { scaled } from '../math/scaled.ts';
import { probability } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

export const logSumExp = rowwise({
  id: 'log-sum-exp',
  reduces: true,
  value({ row, index }, out) {
    out[index] = Number.isFinite(row.m) ? row.m + row.log : row.m;
  },
  gradient({ row, at }, u, out) {
    for (let i = 0; i < row.length; i++) out[at(i)] = scaled(probability(row, i), u(i));
  },
});
