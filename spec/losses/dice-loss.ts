/**
 * # Dice loss
 *
 *     ℓ(p, t) = 1 − (2 Σ p t + s) / (Σ p + Σ t + s)
 *             = Σ (p (1 − t) + t (1 − p)) / (Σ p + Σ t + s)
 *
 * for each class of each sample: the sums are over all axes after the second. Memberships are from 0
 * to 1; a mask without classes has one class. s is `smooth`; with 0 it is 0/0 = NaN where both are
 * empty. `mean` divides by the number of samples times classes.
 *
 * Others square p and t in the denominator (V-Net), sum over the whole batch, or add a constant to
 * the denominator only.
 */
import { type Real, real, sum } from '../functions.ts';
import { type Addends, loss } from '../op.ts';
import { flat, not, overlap, sets } from '../overlap.ts';
import { number } from '../param.ts';

function parts(p: readonly Real[], t: readonly Real[], smooth: Real) {
  const { both, extra, missed } = overlap(p, t);
  const wrong = [...extra, ...missed];
  const right = both.times(2).plus(smooth);
  return { wrong, right, whole: right.plus(sum(wrong)) };
}

/** ((1 − t) R − t (D + W)) / D² for the slope in p, with right R, wrong W, whole D. */
function slopes(p: readonly Real[], t: readonly Real[], smooth: Real): readonly Addends[] {
  const { wrong, right, whole } = parts(p, t, smooth);
  const by = whole.squared();
  const lost = whole.plus(sum(wrong));
  return t.map((ti) => [not(ti).times(right).div(by), ti.times(lost).div(by).neg()]);
}

export const diceLoss = loss({
  id: 'dice-loss',
  inputs: sets,
  over: 'N C',
  params: { smooth: number({ default: 1, min: 0, draw: [0, 8], exact: [0, 1, 2] }) },

  term({ input: p, target: t }, { smooth }) {
    const { wrong, whole } = parts(flat(p), flat(t), smooth);
    return { value: sum(wrong).div(whole), weight: real(1) };
  },
  addends({ input: p, target: t }, { smooth }) {
    const { wrong, whole } = parts(flat(p), flat(t), smooth);
    return wrong.map((term) => term.div(whole));
  },
  // Textbook code takes the quotient from 1.
  textbook: () => [real(1)],
  derivative: {
    input: ({ input: p, target: t }, { smooth }) => slopes(flat(p), flat(t), smooth),
    target: ({ input: p, target: t }, { smooth }) => slopes(flat(t), flat(p), smooth),
  },

  clauses: {
    'DICE-1': [
      'tversky-loss-of-two-halves-is-dice-loss',
      'It is tversky-loss with alpha = beta = ½ and half the smooth.',
    ],
    'DICE-2': ['reduction', 'mean divides by the number of samples times classes.'],
    'DICE-3': ['value', 'Sets that are nearly equal keep the digits of what they differ by.'],
    'DICE-4': ['special rows', 'Two empty sets cost 0, and without smooth NaN.'],
    'DICE-5': ['parameters', 'smooth is from 0 on, and counts above and below.'],
    'DICE-6': ['gradient', 'Input and target have gradients.'],
    'DICE-7': ['errors', 'A number outside [0, 1] is an error.'],
    'DICE-8': ['batch', 'Samples and classes do not see each other.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.Dice',
      lacks: ['smooth'],
      note: 'one score of all elements, unless axis is given; 1e−7 is added to the denominator only',
      differs: [
        {
          where: 'two empty sets',
          formula: {
            term: ({ input, target }) =>
              [...flat(input), ...flat(target)].every((m) => m.sign() === 0) ? 1 : undefined,
          },
          witness: { in: { input: [[0, 0]], target: [[0, 0]] }, spec: 0, theirs: 1 },
        },
      ],
    },
  },
  sources: ['Milletari et al. 2016, "V-Net", arXiv:1606.04797, which squares the denominator'],
});
