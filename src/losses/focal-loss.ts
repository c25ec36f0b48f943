/**
 * # Focal loss of softmax
 *
 *     ℓ = −w_y (1 − p)^γ ln p,   ∂ℓ/∂z = −w_y (1 − p)^γ (1 − p − γ p ln p),   p = softmax(x)_y
 *
 * z, weights and the denominator of mean as in margin-loss.ts.
 */
import { focus, marginLoss } from '../margin-loss.ts';
import { scaled } from '../math/scaled.ts';
import { number } from '../parameters.ts';

interface Params {
  readonly gamma: number;
}

export const focalLoss = marginLoss<Params>({
  id: 'focal-loss',
  parameters: { gamma: number({ default: 2, min: 0 }) },
  f: (of, { gamma }) => scaled(focus(of, gamma), of.surprise),
  slope: (of, { gamma }) => -focus(of, gamma) * (of.rest + gamma * scaled(of.p, of.surprise)),
});
