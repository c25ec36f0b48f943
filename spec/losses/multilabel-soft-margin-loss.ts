/**
 * # Multi-label soft margin loss
 *
 *     ℓ(x, y) = 1/C Σ_c w_c (y_c · log(1 + e^−x_c) + (1 − y_c) · log(1 + e^x_c))
 *
 * over the C classes of the last axis: the mean of binary-cross-entropy-with-logits. Weights are not
 * normalised: they may have any shape that broadcasts to the input, and no denominator sees them.
 */
import {
  isSilenced,
  isTop,
  type Real,
  real,
  scaled,
  sigmoid,
  softplus,
  softplusParts,
  sum,
  weighted,
} from '../functions.ts';
import { reals, weights } from '../input.ts';
import { loss } from '../op.ts';

interface Sample {
  readonly input: readonly Real[];
  readonly target: readonly Real[];
  readonly weight: readonly Real[];
}

/**
 * What each class costs, with what the two logarithms have in common taken once: then the slope in y
 * is exactly −w x, which may be a tie.
 */
const costs = ({ input, target, weight }: Sample): readonly Real[] =>
  input.map((x, c) => {
    const { up, down, bend } = softplusParts(x);
    const y = target[c]!;
    const straight = scaled(y, down).plus(scaled(real(1).minus(y), up));
    return weighted(weight[c]!, straight.plus(bend));
  });

/** What it costs that a class is there, and that it is not. */
function parts({ input, target, weight }: Sample): readonly (readonly [Real, Real])[] {
  return input.map((x, c) => {
    const [y, w] = [target[c]!, weight[c]!];
    const yes = scaled(y, softplus(x.neg()));
    const no = scaled(real(1).minus(y), softplus(x));
    return [weighted(w, yes), weighted(w, no)];
  });
}

export const multilabelSoftMarginLoss = loss({
  id: 'multilabel-soft-margin-loss',
  inputs: {
    input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }),
    target: reals('* C', { draw: [0, 1], exact: () => [0, 1] }),
    weight: weights('* C', { broadcast: true }),
  },
  over: '*',
  params: {},

  term: (sample) => ({
    value: sum(costs(sample)).div(sample.input.length),
    weight: real(1),
  }),
  addends: (sample) =>
    parts(sample)
      .flat()
      .map((part) => part.div(sample.input.length)),
  derivative: {
    // w ((1 − y) σ(x) − y σ(−x)) / C
    input: ({ input, target, weight }) =>
      input.map((x, c) => {
        const [y, w] = [target[c]!, weight[c]!];
        const no = weighted(w, real(1).minus(y).times(sigmoid(x)));
        const yes = weighted(w, y.times(sigmoid(x.neg())));
        return [no.div(input.length), yes.neg().div(input.length)];
      }),
    target: ({ input, weight }) =>
      input.map((x, c) => [
        weighted(weight[c]!, softplus(x.neg())).div(input.length),
        weighted(weight[c]!, softplus(x)).neg().div(input.length),
      ]),
  },

  clauses: {
    'MLSM-1': ['reduction', 'A row is divided by C, and mean by the number of rows.'],
    'MLSM-2': ['parameters', 'Weights broadcast to the input and enter no denominator.'],
    'MLSM-3': ['special rows', 'A logit of ±∞ on the right side of its target costs 0, else +∞.'],
    'MLSM-4': ['errors', 'Input and target have one shape, with at least one axis.'],
    'MLSM-5': [
      'multilabel-soft-margin-loss-is-a-mean-of-binary-cross-entropy-with-logits',
      'It is the mean over the classes of binary-cross-entropy-with-logits.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.multilabel_soft_margin_loss',
      note: 'weight has a gradient, too',
      differs: [
        {
          where: 'a logit of −∞ on the right side',
          formula: {
            term: ({ input, target }) =>
              input.some((x, c) => isTop(x.neg()) && isSilenced(target[c]!, x)) ? NaN : undefined,
          },
          witness: {
            in: { input: [-Infinity, 0], target: [0, 0] },
            spec: Math.LN2 / 2,
            theirs: NaN,
          },
        },
        {
          where: 'a logit of +∞ on the right side',
          formula: {
            term: ({ input, target }) =>
              input.some((x, c) => isTop(x) && isSilenced(real(1).minus(target[c]!), x))
                ? NaN
                : undefined,
          },
          witness: {
            in: { input: [Infinity, 0], target: [1, 0] },
            spec: Math.LN2 / 2,
            theirs: NaN,
          },
        },
      ],
    },
  },
  sources: ['PyTorch torch/nn/functional.py, multilabel_soft_margin_loss'],
});
