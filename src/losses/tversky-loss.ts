/**
 * # Tversky loss
 *
 *     ℓ(p, t) = 1 − (I + s) / (I + α Σ p (1 − t) + β Σ t (1 − p) + s),   I = Σ p t
 *
 * for each class of each sample, as in overlap-loss.ts.
 */
import { overlapLoss } from '../overlap-loss.ts';
import { number } from '../parameters.ts';

interface Params {
  readonly alpha: number;
  readonly beta: number;
  readonly smooth: number;
}

export const tverskyLoss = overlapLoss<Params>({
  id: 'tversky-loss',
  parameters: {
    alpha: number({ default: 0.5, min: 0 }),
    beta: number({ default: 0.5, min: 0 }),
    smooth: number({ default: 1, min: 0 }),
  },
  weights: ({ alpha, beta, smooth }) => ({ a: alpha, b: beta, r: 1, s: smooth }),
});
