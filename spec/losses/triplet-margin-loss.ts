/**
 * # Triplet margin loss
 *
 *     ℓ(a, p, n) = max(0, d(a, p) − d(a, n) + margin),   d(u, v) = ‖u − v + eps‖_p
 *
 * eps is added to every component with its sign, inside of the norm: d(u, v) is not d(v, u), and
 * d(u, u) is eps · D^(1/p). p = ∞ is the largest component. `swap` takes the smaller of d(a, n) and
 * d(p, n) in place of d(a, n). p < 1 is no norm and is refused, as is a margin that is not positive.
 */
import { norm, normOrder, normSlopes, raisedBy } from '../distance.ts';
import { isAt, type Real } from '../functions.ts';
import { hinge } from '../hinge.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';
import { type Distance, tripletLoss, tripletParams } from '../triplet.ts';

const apart = (u: readonly Real[], v: readonly Real[], eps: Real): readonly Real[] =>
  u.map((x, i) => x.minus(v[i]!).plus(eps));

/** ‖u − v + eps‖_p */
export const ofNorm = (p: Real, eps: Real): Distance => ({
  of: (u, v) => norm(apart(u, v, eps), p),
  order: (u, v) => normOrder(apart(u, v, eps), p),
  slopes(u, v) {
    const slopes = normSlopes(apart(u, v, eps), p);
    return [slopes.map((s) => [s]), slopes.map((s) => [s.neg()])];
  },
});

/** √(Σ (uᵢ − vᵢ)² + eps), as optax has it. */
const raised = (u: readonly Real[], v: readonly Real[], eps: Real): Real =>
  raisedBy(eps)(u.map((x, i) => x.minus(v[i]!))).of.sqrt();

interface Parameters {
  readonly margin: Real;
  readonly p: Real;
  readonly eps: Real;
  readonly swap: boolean;
}
const ruleOf = ({ margin, p, eps, swap }: Parameters) => ({
  ...{ margin, swap },
  distance: ofNorm(p, eps),
});

const { margin, eps, swap } = tripletParams;

export const tripletMarginLoss = loss({
  id: 'triplet-margin-loss',
  ...tripletLoss(ruleOf),
  params: {
    margin,
    p: number({ default: 2, min: 1, max: Infinity, draw: [1, 4], exact: [1, 2, Infinity] }),
    eps,
    swap,
  },

  clauses: {
    'TRIP-1': ['value', 'eps is added to every component of the difference, with its sign.'],
    'TRIP-2': ['reduction', 'mean divides by the number of triplets.'],
    'TRIP-3': ['parameters', 'p is any number from 1 to ∞, and ∞ takes the largest component.'],
    'TRIP-4': ['gradient', 'Where the margin is just kept the slopes are the full ones.'],
    'TRIP-5': ['gradient', 'At a distance of 0 the slopes are 0; equal largest components share.'],
    'TRIP-6': ['special rows', 'An infinitely far positive costs ∞, an infinitely far negative 0.'],
    'TRIP-7': ['errors', 'Anchor, positive and negative have one shape, with at least one axis.'],
    'TRIP-8': [
      'triplet-margin-loss-with-swap-is-never-less',
      'The nearer of two negatives costs at least as much.',
    ],
    'TRIP-9': [
      'triplet-margin-with-distance-loss-of-euclidean-is-triplet-margin-loss',
      'With p = 2 it is triplet-margin-with-distance-loss of the euclidean distance.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.triplet_margin_loss',
      note: 'takes 0 ≤ p < 1, too; from 2.14 on the slopes where the margin is just kept are 0',
      differs: [
        {
          where: 'the gradient in an infinite component',
          witness: {
            in: { anchor: [0, 0], positive: [Infinity, 0], negative: [3, 1] },
            of: 'grad:positive',
            spec: 1,
            theirs: NaN,
          },
        },
        {
          where: 'the gradient of an infinitely far negative',
          witness: {
            in: { anchor: [0, 0], positive: [0, 0], negative: [Infinity, 1] },
            of: 'grad:anchor',
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.triplet_margin_loss',
      lacks: ['swap', 'reduction'],
      note: 'd(u, v) = (Σ (u − v)^p + eps)^(1/p), without absolute values: odd p are no norms',
      differs: [
        {
          where: 'eps, which is added once, inside of the root',
          formula: {
            term: ({ anchor, positive, negative }, { margin, p, eps }) =>
              isAt(p, 2)
                ? hinge(
                    raised(anchor, positive, eps)
                      .minus(raised(anchor, negative, eps))
                      .plus(margin),
                  )
                : undefined,
          },
          witness: {
            in: { anchor: [0, 0], positive: [3, 4], negative: [0, 0] },
            params: { eps: 0.25 },
            spec: 5.296715418841295,
            theirs: 5.524937810560445,
          },
        },
      ],
    },
  },
  sources: [
    'PyTorch aten/src/ATen/native/Loss.cpp, triplet_margin_loss',
    'Balntas et al., BMVC 2016 (swap)',
  ],
});
