/**
 * # CTC loss: connectionist temporal classification
 *
 *     ℓ(x, y) = −log Σ_π Π_t e^(x_t(π_t))
 *
 * π runs over all sequences of C classes, one for each of the inputLengths steps of time, that become
 * the first targetLengths labels of y once neighbours that are equal are made one and then blanks are
 * removed. x holds log-probabilities; that they add up to 1 is not checked, and any number will do.
 *
 * - Equal labels in a row need a blank between them. Where time is too short for all labels there is no
 *   alignment, and ℓ is ∞; with zeroInfinity it is 0, and so is its gradient.
 * - Of no labels ℓ is −Σ_t x_t(blank), of no time and no labels 0.
 * - A blank among the labels is a label like others: the alignments are then those of
 *   `spec/alignments.ts` along blank, y₁, blank, y₂, …, blank.
 * - What lies beyond the lengths is ignored, but must be legal: pad targets with a class.
 * - `mean` divides each ℓ by its number of labels, or 1, and then the sum by N.
 *
 * The derivative by x_t(c) is minus the posterior, the share of alignments that pass c at time t. An ℓ
 * that is not finite has none: NaN at every step of its time. PyTorch returns another gradient, that
 * by the logits of which x is the log-softmax: e^(x_t(c)) minus the posterior.
 */
import { logTotal, posteriors, type Scores } from '../alignments.ts';
import { isNan, isTop, power, type Real, real, sum } from '../functions.ts';
import { classes, lengths, reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';
import { flag, integer } from '../param.ts';

interface Row {
  readonly input: Scores;
  readonly target: readonly number[];
  readonly inputLengths: number;
  readonly targetLengths: number;
}
interface Values {
  readonly blank: number;
  readonly zeroInfinity: boolean;
}

/** What lies within the lengths, and the labels with blanks around them. */
function within({ input, target, inputLengths, targetLengths }: Row, blank: number) {
  const labels = target.slice(0, targetLengths).flatMap((y) => [y, blank]);
  return { x: input.slice(0, inputLengths), labels: [blank, ...labels] };
}

/** −log Σ, and what it is the sum of; none if it is 0 instead of ∞. */
function addendsOf(row: Row, { blank, zeroInfinity }: Values): Addends {
  const { x, labels } = within(row, blank);
  const [size, share] = logTotal(x, labels);
  if (size.isFinite()) return [size.neg(), share.neg()];
  const value = isNan(size) ? NaN : size.sign() * -Infinity;
  if (value === Infinity && zeroInfinity) return [];
  // The slopes of what is no number.
  return [
    sum(x.flat()).through(
      () => real(value),
      () => real(NaN),
    ),
  ];
}

/** A number for every class at every time, from what x is and its posterior; 0 beyond the time. */
function slopes(row: Row, p: Values, slope: (x: Real, posterior: Addends) => Addends) {
  const { x, labels } = within(row, p.blank);
  const [value] = addendsOf(row, p);
  const finite = value?.isFinite() ? posteriors(x, labels) : undefined;
  return row.input.flatMap((scores, t) =>
    scores.map((score, c): Addends => {
      if (!value || t >= row.inputLengths) return [];
      return finite ? slope(score, finite[t]![c]!) : [real(NaN)];
    }),
  );
}

const minus = (posterior: Addends): Addends => posterior.map((p) => p.neg());

/** For witnesses: the label 1 in two steps, and both classes at log ½. */
const oneLabel = { target: [1], inputLengths: 2, targetLengths: 1 };
const halves = [-Math.LN2, -Math.LN2];

export const ctcLoss = loss({
  id: 'ctc-loss',
  inputs: {
    // Sums of different ones of these differ by 128 at least.
    input: reals('T N? C', { exact: () => [-4096, -2048, -1024, -512, -256, -128, 0] }),
    target: classes('N? S', { count: 'C' }),
    inputLengths: lengths('N?', 'T', 'long'),
    targetLengths: lengths('N?', 'S', 'short'),
  },
  over: 'N?',
  params: { blank: integer({ default: 0, min: 0, count: 'C' }), zeroInfinity: flag() },

  term: (row, p) => ({
    value: sum(addendsOf(row, p)),
    weight: real(1),
    parts: Math.max(row.targetLengths, 1),
  }),
  addends: addendsOf,
  derivative: { input: (row, p) => slopes(row, p, (_, posterior) => minus(posterior)) },

  clauses: {
    'CTC-1': [
      'ctc-loss-adds-up-all-alignments',
      'It is −log Σ over every sequence of classes that collapses to the target.',
    ],
    'CTC-2': [
      'ctc-loss-of-no-labels-is-nll-loss-of-blanks',
      'Of an empty target it is −Σ of the log-probabilities of blank.',
    ],
    'CTC-3': [
      'ctc-loss-of-one-step-is-nll-loss',
      'Of one step of time and one label it is minus the log-probability of the label.',
    ],
    'CTC-4': ['special rows', 'Without any alignment, or where all have weight 0, it is ∞.'],
    'CTC-5': ['parameters', 'With zeroInfinity ∞ becomes 0; NaN and −∞ stay.'],
    'CTC-6': [
      'reduction',
      'mean divides each loss by max(number of labels, 1), then the sum by N.',
    ],
    'CTC-7': ['value', 'Steps and labels beyond their lengths are ignored.'],
    'CTC-8': ['gradient', 'The slope is minus the posterior, and 0 beyond the time of a sample.'],
    'CTC-9': ['gradient', 'A loss that is not finite has the slope NaN at every step of its time.'],
    'CTC-10': ['value', 'Equal labels in a row need a blank between them.'],
    'CTC-11': ['errors', 'Lengths beyond their axes, a blank that is no class, are errors.'],
    'CTC-12': ['empty', 'Without samples sum is 0 and mean is NaN.'],
    'CTC-13': ['special rows', 'An alignment that passes −∞ weighs nothing, even beside +∞.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.ctc_loss',
      note: 'also takes targets one after the other in one axis, and labels that are no class beyond the lengths; refuses N = 0 and T = 0',
      differs: [
        {
          where: 'the gradient by the −∞ of a class that no alignment passes',
          formula: {
            derivative: {
              input: (row) =>
                row.input.flatMap((scores, t) =>
                  scores.map((x) =>
                    t < row.inputLengths && isTop(x.neg()) ? [real(NaN)] : undefined,
                  ),
                ),
            },
          },
          witness: {
            in: {
              ...oneLabel,
              input: [
                [0, 0, -Infinity],
                [0, 0, 0],
              ],
            },
            of: 'grad:input',
            element: 2,
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'the gradient, which is that of log-softmax and loss together',
          formula: {
            derivative: {
              input: (row, p) => slopes(row, p, (x, posterior) => [power(x), ...minus(posterior)]),
            },
          },
          witness: {
            in: { ...oneLabel, input: [halves, halves] },
            of: 'grad:input',
            spec: -1 / 3,
            theirs: 0.16666666666666663,
          },
        },
        {
          where: 'the gradient at the last step, where the last label is a blank: not even that',
          witness: {
            in: {
              ...oneLabel,
              input: [
                [0, 0],
                [0, 0],
              ],
              target: [0],
            },
            of: 'grad:input',
            element: 2,
            spec: -1,
            theirs: 0.33333333333333326,
          },
        },
        {
          where: '+∞',
          formula: { term: (row, p) => (isTop(sum(addendsOf(row, p)).neg()) ? NaN : undefined) },
          witness: {
            in: {
              ...oneLabel,
              input: [
                [Infinity, -1],
                [-1, -2],
              ],
            },
            spec: -Infinity,
            theirs: NaN,
          },
        },
      ],
    },
    jax: {
      name: 'optax.losses.ctc_loss',
      also: { 'optax.losses.ctc_loss_with_forward_probs': {} },
      lacks: ['zeroInfinity', 'reduction'],
      note: 'takes logits [N T C], with log-softmax inside, and paddings for lengths; log_epsilon = −1e5 stands for log 0; ctc_loss_with_forward_probs also returns its tables',
      differs: [
        {
          where: 'no alignment: −log_epsilon or so, not ∞',
          witness: {
            in: { ...oneLabel, input: [halves, halves], target: [1, 1], targetLengths: 2 },
            spec: Infinity,
            theirs: 99999.18906978378,
          },
        },
      ],
    },
    keras: {
      name: 'keras.losses.CTC',
      lacks: ['inputLengths', 'targetLengths', 'blank', 'zeroInfinity'],
      note: 'takes logits [N T C], with log-softmax inside; blank is 0, inputs are of full length and targets as long as they have labels other than 0; mean divides by N only; the answer where there is no alignment is that of the backend',
    },
  },
  sources: [
    'Graves, Fernández, Gomez and Schmidhuber 2006, "Connectionist temporal classification", ICML',
    'PyTorch aten/src/ATen/native/LossCTC.cpp',
  ],
});
