/**
 * # Triplet margin loss
 *
 *     ℓ(a, p, n) = max(0, d(a, p) − d(a, n) + margin),   d(u, v) = ‖u − v + eps‖_p
 */
import { byNorm } from '../math/euclidean.ts';
import { flag, number } from '../parameters.ts';
import { margin, tripletLoss } from '../triplet.ts';

export const tripletMarginLoss = tripletLoss(
  'triplet-margin-loss',
  {
    margin,
    p: number({ default: 2, min: 1, max: Infinity }),
    eps: number({ default: 1e-6, min: 0 }),
    swap: flag(false),
  },
  ({ p, eps }) => byNorm(p, eps),
);
