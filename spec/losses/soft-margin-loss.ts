/**
 * # Soft margin loss: logistic loss of a label −1 or 1
 *
 *     ℓ(x, y) = log(1 + e^(−y x))
 *
 * y is a number like any other: 0 costs log 2, and 3 triples the logit. The formula as it stands
 * overflows from −y x = 89 on in float32; the loss there is −y x.
 */
import { isTop, type Real, real, sigmoid, softplus, softplusParts } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';

const against = (x: Real, y: Real): Real => y.times(x).neg();

export const softMarginLoss = loss({
  id: 'soft-margin-loss',
  inputs: {
    input: reals('*', { exact: () => [-256, -128, 128, 256] }),
    target: reals('*', { labels: [-1, 1], exact: () => [-1, 1] }),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y }) => ({ value: softplus(against(x, y)), weight: real(1) }),
  addends({ input: x, target: y }) {
    const { up, bend } = softplusParts(against(x, y));
    return [up, bend];
  },
  derivative: {
    input: ({ input: x, target: y }) => [[y.times(sigmoid(against(x, y))).neg()]],
    target: ({ input: x, target: y }) => [[x.times(sigmoid(against(x, y))).neg()]],
  },

  clauses: {
    'SOFT-1': [
      'value',
      'Nothing overflows: the loss of a wrong label is −y x where that is large.',
    ],
    'SOFT-2': ['reduction', 'mean divides by the number of elements.'],
    'SOFT-3': ['gradient', 'The slope of a wrong label tends to −y, and is never NaN.'],
    'SOFT-4': ['special rows', 'A logit of ±∞ on the right side costs 0, on the wrong side +∞.'],
    'SOFT-5': ['errors', 'Input and target have one shape; neither is broadcast.'],
    'SOFT-6': [
      'soft-margin-loss-is-binary-cross-entropy-with-logits-of-half-labels',
      'Of labels ±1 it is binary-cross-entropy-with-logits of (y + 1) / 2.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.soft_margin_loss',
      note: 'target is broadcast, and has no gradient',
      differs: [
        {
          where: 'a wrong label from e^(−y x) = ∞ on',
          witness: { in: { input: 800, target: -1 }, spec: 800, theirs: Infinity },
        },
        {
          where: 'its gradient',
          witness: { in: { input: 800, target: -1 }, of: 'grad:input', spec: 1, theirs: NaN },
        },
        {
          where: 'the gradient of +∞ on the wrong side',
          formula: {
            derivative: {
              input: ({ input: x, target: y }) => [isTop(against(x, y)) ? [real(NaN)] : undefined],
            },
          },
          witness: {
            in: { input: Infinity, target: -1 },
            of: 'grad:input',
            spec: 1,
            theirs: NaN,
          },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, soft_margin_loss'],
});
