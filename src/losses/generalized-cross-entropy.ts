/**
 * # Generalized cross-entropy
 *
 *     ℓ = w_y (1 − p^q) / q,   ∂ℓ/∂z = −w_y p^q (1 − p),   p = softmax(x)_y
 *
 * With q = 0 it is −w_y ln p. z, weights and the denominator of mean as in margin-loss.ts.
 */
import { marginLoss } from '../margin-loss.ts';
import { exp } from '../math/float64.ts';
import { scaled } from '../math/scaled.ts';
import { number } from '../parameters.ts';

interface Params {
  readonly q: number;
}

/** (1 − e^−t) / t for 0 ≤ t ≤ ½ to 2⁻⁵⁰: what is left out is below t¹⁵/16!. */
function fallen(t: number): number {
  let sum = 1;
  for (let k = 16; k > 1; k--) sum = 1 - (t / k) * sum;
  return sum;
}

export const generalizedCrossEntropy = marginLoss<Params>({
  id: 'generalized-cross-entropy',
  parameters: { q: number({ default: 0.7, min: 0, max: 1 }) },
  f({ surprise }, { q }) {
    const t = q * surprise;
    if (q === 0 || t <= 0.5) return surprise * fallen(q === 0 ? 0 : t);
    return (1 - exp(-t)) / q;
  },
  slope: ({ surprise, rest }, { q }) => -exp(-scaled(q, surprise)) * rest,
});
