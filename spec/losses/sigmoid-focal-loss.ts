/**
 * # Focal loss of a sigmoid
 *
 *     ℓ(x, y) = a (1 − p_t)^γ (−y ln p − (1 − y) ln(1 − p)),   p = σ(x)
 *     1 − p_t = y (1 − p) + (1 − y) p
 *     a       = α y + (1 − α)(1 − y),   or 1 where α < 0
 *
 * Binary cross-entropy of a logit, less of it the more confident the logit is in its label. Labels
 * are 0 or 1, or between. The default α = ¼ weighs positive ones less than negative ones. `mean`
 * divides by the number of elements; detection divides the sum by the number of positive ones.
 * There is no gradient in the label.
 */
import {
  exp,
  isTop,
  log,
  type Real,
  real,
  scaled,
  sigmoid,
  softplus,
  weighted,
} from '../functions.ts';
import { reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';
import { number } from '../param.ts';

interface Pair {
  readonly input: Real;
  readonly target: Real;
}
interface Numbers {
  readonly alpha: Real;
  readonly gamma: Real;
}
const no = (y: Real): Real => real(1).minus(y);

/** α y + (1 − α)(1 − y) */
const balance = (y: Real, alpha: Real): Real =>
  alpha.sign() < 0 ? real(1) : alpha.times(y).plus(no(alpha).times(no(y)));

/** ln(1 − p_t), next to 0 or not. At ±∞ it has no slope. */
function logOfRest(x: Real, y: Real): Real {
  if (y.sign() === 0) return softplus(x.neg()).neg();
  if (no(y).sign() === 0) return softplus(x).neg();
  return log(y.times(sigmoid(x.neg())).plus(no(y).times(sigmoid(x))));
}
const logOfRestAt = (x: Real, y: Real): Real =>
  x.isFinite() || x.sign() === 0 ? logOfRest(x, y) : log(x.sign() > 0 ? no(y) : y);

/** (1 − p_t)^γ */
const focus = (x: Real, y: Real, gamma: Real): Real => exp(scaled(gamma, logOfRestAt(x, y)));

/** The losses of a yes and of a no. */
const parts = (x: Real, y: Real): Addends => [
  scaled(y, softplus(x.neg())),
  scaled(no(y), softplus(x)),
];

/** p (1 − p) / (1 − p_t) */
function steepness(x: Real, y: Real): Real {
  if (y.sign() === 0) return sigmoid(x.neg());
  if (no(y).sign() === 0) return sigmoid(x);
  if (x.sign() < 0) return steepness(x.neg(), no(y));
  const e = exp(x.neg());
  return sigmoid(x)
    .times(e)
    .div(y.times(e).plus(no(y)));
}

const addendsOf = ({ input: x, target: y }: Pair, { alpha, gamma }: Numbers): Addends => {
  const by = weighted(balance(y, alpha), focus(x, y, gamma));
  return parts(x, y).map((part) => weighted(by, part));
};

export const sigmoidFocalLoss = loss({
  id: 'sigmoid-focal-loss',
  inputs: {
    input: reals('*', { exact: () => [-256, -128, 0, 128, 256] }),
    target: reals('*', { min: 0, max: 1, exact: () => [0, 1], differentiable: false }),
  },
  over: '*',
  params: {
    alpha: number({ default: 0.25, min: -1, max: 1, exact: [-1, 0.25, 0.5] }),
    gamma: number({ default: 2, min: 0, draw: [0, 8], exact: [0, 1, 2] }),
  },

  term(pair, p) {
    const [yes, rest] = addendsOf(pair, p);
    return { value: yes!.plus(rest!), weight: real(1) };
  },
  addends: addendsOf,
  // Textbook code rounds 1 + e^−|x| before the logarithm, and 1 − p_t.
  textbook({ input: x, target: y }, { alpha, gamma }) {
    const by = balance(y, alpha).times(focus(x, y, gamma));
    if (!x.isFinite()) return [by];
    const [yes, rest] = parts(x, y);
    const power = gamma.times(yes!.plus(rest!)).div(exp(logOfRest(x, y)));
    return [by, by.times(power)];
  },
  derivative: {
    // a (1 − p_t)^γ ((1 − y) p − y (1 − p) + γ (1 − 2y) p (1 − p) / (1 − p_t) · BCE)
    input({ input: x, target: y }, { alpha, gamma }) {
      const by = weighted(balance(y, alpha), focus(x, y, gamma));
      const slope = no(y.times(2)).times(gamma).times(steepness(x, y));
      const terms = [
        ...parts(x, y).map((part) => weighted(slope, part)),
        no(y).times(sigmoid(x)),
        y.times(sigmoid(x.neg())).neg(),
      ];
      return [terms.map((term) => by.times(term))];
    },
  },

  clauses: {
    'SFL-1': [
      'sigmoid-focal-loss-without-gamma-and-alpha-is-binary-cross-entropy',
      'With gamma = 0 and alpha = −1 it is binary-cross-entropy-with-logits.',
    ],
    'SFL-2': ['reduction', 'mean divides by the number of elements.'],
    'SFL-3': ['parameters', 'A negative alpha stands for no balance, gamma is from 0 on.'],
    'SFL-4': ['value', 'A confident and right logit keeps its digits: 1 − p is never computed.'],
    'SFL-5': ['special rows', 'A logit of ±∞ on the right side of its label costs 0, else +∞.'],
    'SFL-6': ['gradient', 'The gradient is finite for every gamma, also where 1 − p is next to 0.'],
    'SFL-7': ['errors', 'A label outside [0, 1] is an error.'],
  },

  dialects: {
    pytorch: {
      name: 'torchvision.ops.sigmoid_focal_loss',
      defaults: { reduction: 'none' },
      differs: [
        {
          where: 'the gradient at ±∞',
          formula: {
            derivative: {
              input: ({ input: x }, { gamma }) => [
                gamma.sign() > 0 && (isTop(x) || isTop(x.neg())) ? [real(NaN)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: Infinity, target: 0 },
            of: 'grad:input',
            spec: 0.75,
            theirs: NaN,
          },
        },
        {
          where: 'a logit of −∞',
          formula: { term: ({ input: x }) => (isTop(x.neg()) ? NaN : undefined) },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
        {
          where: 'a logit of +∞ on the right side',
          formula: {
            term: ({ input: x, target: y }) => (isTop(x) && no(y).sign() === 0 ? NaN : undefined),
          },
          witness: { in: { input: Infinity, target: 1 }, spec: 0, theirs: NaN },
        },
        {
          where: 'a slope of a power below 1 where 1 − p is 0 in float64',
          witness: {
            in: { input: 40, target: 1 },
            params: { gamma: 0.5 },
            of: 'grad:input',
            spec: -3.2836915360111954e-27,
            theirs: NaN,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.sigmoid_focal_loss',
      defaults: { alpha: -1 },
      lacks: ['reduction'],
      note: 'alpha is None by default: no balance, which is −1 here',
      differs: [
        {
          where: 'a logit of +∞ on the right side',
          formula: {
            term: ({ input: x, target: y }) => (isTop(x) && no(y).sign() === 0 ? NaN : undefined),
          },
          witness: { in: { input: Infinity, target: 1 }, spec: 0, theirs: NaN },
        },
      ],
    },
    keras: {
      name: 'keras.losses.BinaryFocalCrossentropy(from_logits=True)',
      defaults: { alpha: -1 },
      note: 'alpha is 0.25 where apply_class_balancing is on, which it is not by default; in the logarithm, not in the power, p is moved into [1e−7, 1 − 1e−7]; mean over the last axis first',
    },
  },
  sources: ['Lin et al. 2017, "Focal loss for dense object detection", arXiv:1708.02002, §3'],
});
