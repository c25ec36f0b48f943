/**
 * # Tversky loss
 *
 *     ℓ(p, t) = 1 − (I + s) / (I + α E + β M + s) = (α E + β M) / (I + α E + β M + s)
 *     I = Σ p t,   E = Σ p (1 − t),   M = Σ t (1 − p)
 *
 * for each class of each sample: the sums are over all axes after the second. α weighs what p has
 * too much, β what it misses; with α = β = ½ it is dice-loss, of twice the `smooth`. Memberships are
 * from 0 to 1; a mask without classes has one class. With s = 0 it is 0/0 = NaN where both are
 * empty. `mean` divides by the number of samples times classes.
 */
import { type Real, real, sum } from '../functions.ts';
import { type Addends, loss } from '../op.ts';
import { flat, not, overlap, sets } from '../overlap.ts';
import { number } from '../param.ts';

interface Numbers {
  readonly alpha: Real;
  readonly beta: Real;
  readonly smooth: Real;
}

/** What is wrong, by what; and what is right, by the same. */
function parts(p: readonly Real[], t: readonly Real[], { alpha, beta, smooth }: Numbers) {
  const { both, extra, missed } = overlap(p, t);
  const wrong = [...extra.map((e) => alpha.times(e)), ...missed.map((m) => beta.times(m))];
  const right = both.plus(smooth);
  return { wrong, right, whole: right.plus(sum(wrong)) };
}

/**
 * (a (1 − t) R − t (b R + W)) / D² for the slope in p, with right R, wrong W, whole D. In t it is the
 * same with p and t, a and b exchanged.
 */
function slopes(p: readonly Real[], t: readonly Real[], n: Numbers): readonly Addends[] {
  const { wrong, right, whole } = parts(p, t, n);
  const by = whole.squared();
  const lost = n.beta.times(right).plus(sum(wrong));
  return t.map((ti) => [not(ti).times(n.alpha).times(right).div(by), ti.times(lost).div(by).neg()]);
}

const weight = () => number({ default: 0.5, min: 0, draw: [0, 8], exact: [0.5, 1] });

export const tverskyLoss = loss({
  id: 'tversky-loss',
  inputs: sets,
  over: 'N C',
  params: {
    alpha: weight(),
    beta: weight(),
    smooth: number({ default: 1, min: 0, draw: [0, 8], exact: [0, 1] }),
  },

  term({ input: p, target: t }, n) {
    const { wrong, whole } = parts(flat(p), flat(t), n);
    return { value: sum(wrong).div(whole), weight: real(1) };
  },
  addends({ input: p, target: t }, n) {
    const { wrong, whole } = parts(flat(p), flat(t), n);
    return wrong.map((term) => term.div(whole));
  },
  // Textbook code takes the quotient from 1.
  textbook: () => [real(1)],
  derivative: {
    input: ({ input: p, target: t }, n) => slopes(flat(p), flat(t), n),
    target: ({ input: p, target: t }, n) =>
      slopes(flat(t), flat(p), { ...n, alpha: n.beta, beta: n.alpha }),
  },

  clauses: {
    'TVL-1': [
      'tversky-loss-of-two-halves-is-dice-loss',
      'With alpha = beta = ½ it is dice-loss of twice the smooth.',
    ],
    'TVL-2': ['reduction', 'mean divides by the number of samples times classes.'],
    'TVL-3': ['value', 'Sets that are nearly equal keep the digits of what they differ by.'],
    'TVL-4': ['special rows', 'Two empty sets cost 0, and without smooth NaN.'],
    'TVL-5': ['parameters', 'alpha, beta and smooth are from 0 on.'],
    'TVL-6': ['gradient', 'Input and target have gradients.'],
    'TVL-7': ['errors', 'A number outside [0, 1] is an error.'],
    'TVL-8': ['batch', 'Samples and classes do not see each other.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.Tversky',
      lacks: ['smooth'],
      note: 'its alpha weighs what is missed and its beta what is too much; one score of all elements, unless axis is given; 1e−7 is added to the denominator only',
      differs: [
        {
          where: 'alpha, which is beta',
          witness: {
            in: { input: [[1, 1]], target: [[1, 0]] },
            params: { alpha: 1, beta: 0, smooth: 0 },
            spec: 0.5,
            theirs: 1.1920928955078125e-7,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.dice_loss',
      also: { 'optax.losses.binary_dice_loss': {} },
      note: 'classes are the last axis; softmax (sigmoid, of one class) comes first, and apply_softmax=False wants memberships of sum 1; mean is over the classes, samples stay',
    },
  },
  sources: ['Salehi et al. 2017, "Tversky loss function for image segmentation", arXiv:1706.05721'],
});
