/**
 * # NLL loss: negative log-likelihood of given log-probabilities
 *
 *     ℓ(x, y) = −w_y · x_y          for y ≠ ignoreIndex
 *               0                   for y = ignoreIndex
 *
 * It takes no logarithm: x is expected to hold log-probabilities, and any number will do.
 * `mean` divides by Σ w_y over the targets that were not ignored, not by their number; when all are
 * ignored that is 0/0 = NaN. Of a single sample it is −x_y, whatever its weight.
 */
import { isSilenced, real, scaled } from '../functions.ts';
import { classes, reals, weights } from '../input.ts';
import { loss } from '../op.ts';
import { integer } from '../param.ts';

export const nllLoss = loss({
  id: 'nll-loss',
  inputs: {
    input: reals('N? C *'),
    target: classes('N? *', { count: 'C', unless: 'ignoreIndex' }),
    weight: weights('C'),
  },
  over: 'N? *',
  params: { ignoreIndex: integer({ default: -100 }) },

  term({ input: x, target: y, weight: w }, { ignoreIndex }) {
    if (y === ignoreIndex) return { value: real(0), weight: real(0) };
    return { value: scaled(w[y]!, x[y]!).neg(), weight: w[y]! };
  },
  addends: ({ input: x, target: y, weight: w }, { ignoreIndex }) =>
    y === ignoreIndex ? [] : [scaled(w[y]!, x[y]!).neg()],
  derivative: {
    input: ({ input: x, target: y, weight: w }, { ignoreIndex }) =>
      x.map((_, c) => (c === y && y !== ignoreIndex ? [w[y]!.neg()] : [])),
  },

  clauses: {
    'NLL-1': ['reduction', 'mean divides by Σ w of the targets that are not ignored.'],
    'NLL-2': ['special rows', 'An ignored sample contributes exactly 0, whatever its row holds.'],
    'NLL-3': ['empty', 'When every sample is ignored, or there is none, sum is 0 and mean is NaN.'],
    'NLL-4': ['parameters', 'ignoreIndex is recognised before the range of classes is checked.'],
    'NLL-5': ['special rows', 'A weight of 0 silences its class, an infinite logarithm included.'],
    'NLL-6': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
    'NLL-7': ['value', 'No logarithm is taken: nll-loss([3, 1], 0) = −3.'],
    'NLL-8': [
      'cross-entropy-is-nll-of-log-softmax',
      'nll-loss of log-softmax is cross-entropy, with weights and ignoreIndex alike.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.nll_loss',
      differs: [
        {
          where: 'weight 0 and log-probability −∞',
          formula: {
            term: ({ input: x, target: y, weight: w }, { ignoreIndex }) =>
              y !== ignoreIndex && isSilenced(w[y]!, x[y]!) ? NaN : undefined,
          },
          witness: {
            in: { input: [[-Infinity, 0]], target: [0], weight: [0, 1] },
            params: { reduction: 'sum' },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    onnx: {
      name: 'NegativeLogLikelihoodLoss',
      opset: 13,
      attributes: { reduction: 'reduction', ignoreIndex: 'ignore_index' },
      ranks: [2, 3, 4, 5],
      note: 'ignore_index has no default; operator sets 12, 13 and 22 differ in types only',
      differs: [
        {
          where: 'weight 0 and log-probability −∞',
          formula: {
            term: ({ input: x, target: y, weight: w }, { ignoreIndex }) =>
              y !== ignoreIndex && isSilenced(w[y]!, x[y]!) ? NaN : undefined,
          },
          witness: {
            in: { input: [[-Infinity, 0]], target: [0], weight: [0, 1] },
            params: { reduction: 'sum' },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
    tinygrad: { name: 'Tensor.nll_loss', note: 'ignore_index has no default' },
  },
  sources: [
    'ONNX operator NegativeLogLikelihoodLoss-13',
    'PyTorch aten/src/ATen/native/LossNLL.cpp, nll_loss_forward',
  ],
});
