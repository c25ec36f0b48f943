/**
 * # Triplet margin loss with another distance
 *
 *     ℓ(a, p, n) = max(0, d(a, p) − d(a, n) + margin)
 *
 *     euclidean           d(u, v) = ‖u − v + eps‖₂
 *     squared-euclidean   d(u, v) = Σ (u_i − v_i)²
 *     cosine              d(u, v) = 1 − u · v / (max(‖u‖, 1e−8) max(‖v‖, 1e−8))
 *
 * Frameworks take a function; these are the ones that people write. The squared distance is FaceNet's,
 * and the cosine has the floor of PyTorch's cosine_similarity. eps belongs to the first alone. The
 * cosine distance is not checked against its own range: a margin of more than 2 is never kept.
 */
import { atLeast, cosine, cosineSlopes } from '../distance.ts';
import { type Real, real, sum } from '../functions.ts';
import { loss } from '../op.ts';
import { choice } from '../param.ts';
import { type Distance, tripletLoss, tripletParams } from '../triplet.ts';
import { ofNorm } from './triplet-margin-loss.ts';

const squaresOf = (u: readonly Real[], v: readonly Real[]): Real =>
  sum(u.map((x, i) => x.minus(v[i]!).squared()));

const ofSquares: Distance = {
  of: squaresOf,
  order: squaresOf,
  slopes(u, v) {
    const slopes = u.map((x, i) => x.minus(v[i]!).times(2));
    return [slopes.map((s) => [s]), slopes.map((s) => [s.neg()])];
  },
};

const length = (u: readonly Real[]) => atLeast(real('1e-8'))(u);
const angle = (u: readonly Real[], v: readonly Real[]): Real => real(1).minus(cosine(u, v, length));
const negated = (sums: readonly (readonly Real[])[]) =>
  sums.map((addends) => addends.map((x) => x.neg()));

const ofAngles: Distance = {
  of: angle,
  order: angle,
  slopes: (u, v) => [negated(cosineSlopes(u, v, length)), negated(cosineSlopes(v, u, length))],
};

interface Parameters {
  readonly distance: 'euclidean' | 'squared-euclidean' | 'cosine';
  readonly margin: Real;
  readonly eps: Real;
  readonly swap: boolean;
}
const ruleOf = ({ distance, margin, eps, swap }: Parameters) => ({
  ...{ margin, swap },
  distance:
    distance === 'euclidean' ? ofNorm(real(2), eps) : distance === 'cosine' ? ofAngles : ofSquares,
});

export const tripletMarginWithDistanceLoss = loss({
  id: 'triplet-margin-with-distance-loss',
  ...tripletLoss(ruleOf),
  params: {
    distance: choice('euclidean', 'squared-euclidean', 'cosine'),
    ...tripletParams,
  },

  clauses: {
    'TRID-1': ['parameters', 'distance is euclidean, squared-euclidean or cosine.'],
    'TRID-2': ['reduction', 'mean divides by the number of triplets.'],
    'TRID-3': ['value', 'A vector of zeros has the cosine distance 1 from every other.'],
    'TRID-4': ['gradient', 'Where the margin is just kept the slopes are the full ones.'],
    'TRID-5': ['errors', 'Anchor, positive and negative have one shape, with at least one axis.'],
    'TRID-6': [
      'triplet-margin-with-distance-loss-of-euclidean-is-triplet-margin-loss',
      'Of the euclidean distance it is triplet-margin-loss with p = 2.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.triplet_margin_with_distance_loss',
      note: 'takes any function of two tensors in place of distance; without one pairwise_distance, the euclidean one',
    },
  },
  sources: [
    'PyTorch torch/nn/functional.py, triplet_margin_with_distance_loss and cosine_similarity',
    'Schroff et al., arXiv:1503.03832 (squared distances)',
  ],
});
