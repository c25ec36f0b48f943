/**
 * # Triplet margin loss with another distance
 *
 *     ℓ(a, p, n) = max(0, d(a, p) − d(a, n) + margin)
 *
 *     euclidean           ‖u − v + eps‖₂
 *     squared-euclidean   Σ (u_i − v_i)²
 *     cosine              1 − u · v / (max(‖u‖, 1e−8) max(‖v‖, 1e−8))
 */
import { byAngle } from '../math/angle.ts';
import { byNorm } from '../math/euclidean.ts';
import { bySquares } from '../math/squares.ts';
import { choice, flag, number } from '../parameters.ts';
import { type Distance, margin, tripletLoss } from '../triplet.ts';

const distances = {
  euclidean: (eps: number) => byNorm(2, eps),
  'squared-euclidean': () => bySquares,
  cosine: () => byAngle,
};
type Name = keyof typeof distances;

export const tripletMarginWithDistanceLoss = tripletLoss(
  'triplet-margin-with-distance-loss',
  {
    distance: choice<Name>('euclidean', 'squared-euclidean', 'cosine'),
    margin,
    eps: number({ default: 1e-6, min: 0 }),
    swap: flag(false),
  },
  // A distance is only ever asked about what it made itself.
  ({ distance, eps }) => distances[distance](eps) as Distance<unknown>,
);
