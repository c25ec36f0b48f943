/**
 * # Poly-1 loss
 *
 *     ℓ = w_y (−ln p + ε (1 − p)),   ∂ℓ/∂z = −w_y (1 − p)(1 + ε p),   p = softmax(x)_y
 *
 * With s = 1 − p these are (−ln(1 − s) − s) + (1 + ε) s and −s (s + (1 + ε) p), in which nothing
 * cancels for ε ≥ −1. z, weights and the denominator of mean as in margin-loss.ts.
 */
import { marginLoss } from '../margin-loss.ts';
import { number } from '../parameters.ts';

interface Params {
  readonly epsilon: number;
}

/** From here on taking s from −ln(1 − s) leaves all but 5 bits. */
const SMALL = 1 / 16;

/** −ln(1 − s) − s; a small one is s²/2 + s³/3 + …, of which s¹³ and beyond is 2⁻⁴⁴ of it. */
function beyondFirst(s: number, surprise: number): number {
  if (!(s < SMALL)) return surprise - s;
  let sum = 0;
  for (let k = 12; k > 1; k--) sum = sum * s + 1 / k;
  return sum * s * s;
}

export const poly1Loss = marginLoss<Params>({
  id: 'poly-1-loss',
  parameters: { epsilon: number({ default: 2, min: -1 }) },
  f: ({ rest, surprise }, { epsilon }) => beyondFirst(rest, surprise) + (1 + epsilon) * rest,
  slope: ({ p, rest }, { epsilon }) => -rest * (rest + (1 + epsilon) * p),
});
