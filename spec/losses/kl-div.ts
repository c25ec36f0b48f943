/**
 * # KL divergence of given log-probabilities
 *
 *     ℓ(x, y) = y · (log y − x)          logTarget = false, with 0 · log 0 = 0
 *               e^y · (y − x)            logTarget = true, with 0 at y = −∞
 *
 * x holds log q, and the result is KL(p ‖ q) with p = y (or e^y): the order of the arguments is the
 * reverse of the mathematical one. Terms may be negative; only their sum over a distribution is not.
 *
 * `mean` divides by the number of elements and so is not a divergence; `batchmean` divides by the
 * length of the first axis and is.
 *
 * At y = 0 the slope in y is −∞. Beside x = −∞ that is −∞ + ∞ = NaN: ℓ jumps from 0 to ∞ there.
 */
import { exp, isSilenced, log, type Real, real, scaled, weighted } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { flag } from '../param.ts';

/** y as a probability; a negative number is none. */
const probability = (y: Real): Real =>
  y.sign() < 0
    ? y.through(
        () => real(NaN),
        () => real(NaN),
      )
    : y;

/** p log p */
const negentropy = (p: Real): Real =>
  p.sign() !== 0
    ? p.times(log(p))
    : p.through(
        () => real(0),
        () => real(-Infinity),
      );

const isNothing = (y: Real): boolean => !y.isFinite() && y.sign() < 0;

/** e^y (y − x), where e^y = 0 silences even ∞ − ∞. */
const ofLogarithms = (y: Real, x: Real): Real =>
  isNothing(y) ? weighted(exp(y), x).neg() : exp(y).times(y.minus(x));

export const klDiv = loss({
  id: 'kl-div',
  inputs: {
    input: reals('*'),
    target: reals('*', { draw: [0, 1], exact: ({ logTarget }) => [logTarget ? -Infinity : 1, 0] }),
  },
  over: '*',
  params: { logTarget: flag() },
  reductions: { batchmean: ([n]) => n ?? 1 },

  term({ input: x, target: y }, { logTarget }) {
    if (logTarget) return { value: ofLogarithms(y, x), weight: real(1) };
    const p = probability(y);
    return { value: negentropy(p).minus(scaled(p, x)), weight: real(1) };
  },
  addends({ input: x, target: y }, { logTarget }) {
    if (logTarget) return [ofLogarithms(y, x)];
    const p = probability(y);
    return [negentropy(p), scaled(p, x).neg()];
  },
  derivative: {
    input: ({ target: y }, { logTarget }) => [[logTarget ? exp(y).neg() : probability(y).neg()]],
    // log y + 1 − x, or e^y (y − x) + e^y
    target: ({ input: x, target: y }, { logTarget }) => [
      logTarget ? [ofLogarithms(y, x), exp(y)] : [log(y), real(1), x.neg()],
    ],
  },

  clauses: {
    'KL-1': ['special rows', 'A target of 0 contributes 0, even where the log-probability is −∞.'],
    'KL-2': [
      'reduction',
      'mean divides by the number of elements, batchmean by the length of the first axis.',
    ],
    'KL-3': ['special rows', 'A negative target gives NaN, unless logTarget.'],
    'KL-4': ['gradient', 'The slope in a target of 0 is −∞, and 0 in a log-target of −∞.'],
    'KL-5': ['parameters', 'logTarget says that target holds logarithms.'],
    'KL-6': [
      'cross-entropy-is-kl-plus-entropy',
      'Cross-entropy of distributions is kl-div of log-softmax plus their entropy.',
    ],
    'KL-7': ['errors', 'Target and input have the same shape; neither is broadcast.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.kl_div',
      note: 'target and input are broadcast',
      differs: [
        {
          where: 'the gradient in a log-target of −∞',
          formula: {
            derivative: {
              target: ({ target: y }, { logTarget }) => [
                logTarget && isNothing(y) ? [real(NaN)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: -1, target: -Infinity },
            params: { logTarget: true },
            of: 'grad:target',
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'target 0 at log-probability −∞',
          formula: {
            term: ({ input: x, target: y }, { logTarget }) =>
              !logTarget && isSilenced(y, x) ? NaN : undefined,
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
        {
          where: 'gradient in a target of 0',
          formula: {
            derivative: {
              target: ({ target: y }, { logTarget }) => [
                !logTarget && y.sign() === 0 ? [real(NaN)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: -1, target: 0 },
            of: 'grad:target',
            spec: -Infinity,
            theirs: NaN,
          },
        },
        {
          where: 'gradient in input, of a negative target',
          formula: {
            derivative: {
              input: ({ target: y }, { logTarget }) => [
                !logTarget && y.sign() < 0 ? [y.neg()] : undefined,
              ],
            },
          },
          witness: { in: { input: -1, target: -0.5 }, of: 'grad:input', spec: NaN, theirs: 0.5 },
        },
        {
          where: 'log-target −∞',
          formula: {
            term: ({ target: y }, { logTarget }) => (logTarget && isNothing(y) ? NaN : undefined),
          },
          witness: {
            in: { input: -1, target: -Infinity },
            params: { logTarget: true },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.kl_divergence',
      also: { 'optax.losses.kl_divergence_with_log_targets': { logTarget: true } },
      lacks: ['reduction'],
      note: 'sums over the last axis; generalized_kl_divergence and jax.scipy.special.kl_div add q − p to every term',
      differs: [
        {
          where: 'target 0 at log-probability −∞',
          formula: {
            term: ({ input: x, target: y }, { logTarget }) =>
              !logTarget && isSilenced(y, x) ? NaN : undefined,
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
        {
          where: 'log-target −∞',
          formula: {
            term: ({ target: y }, { logTarget }) => (logTarget && isNothing(y) ? NaN : undefined),
          },
          witness: {
            in: { input: -1, target: -Infinity },
            params: { logTarget: true },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    keras: {
      name: 'keras.losses.KLDivergence',
      lacks: ['logTarget'],
      note: 'takes probabilities twice, moved into [1e−7, 1], and sums over the last axis',
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, kl_div'],
});
