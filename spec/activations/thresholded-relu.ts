/**
 * # Thresholded ReLU
 *
 *     thresholdedRelu(x) = x    where x > alpha
 *                          0    elsewhere
 *
 * Exact in every format. It jumps at alpha, unless alpha is 0: then it is relu. An alpha below 0 is
 * legal, lets some negative numbers through, and makes the function jump down.
 */
import { type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

const passed = (x: Real, alpha: Real): Real => (x.gt(alpha) ? x : real(0));

export const thresholdedRelu = elementwise({
  id: 'thresholded-relu',
  params: { alpha: number({ default: 1 }) },

  f: (x, { alpha }) => passed(x, alpha),
  df: (x, { alpha }) => real(x.gt(alpha) ? 1 : 0),

  edges: ({ alpha }) => ({
    negInf: 0,
    negZero: passed(real(-0), alpha),
    posZero: 0,
    posInf: Infinity,
    nan: NaN,
  }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: ({ alpha }) => (alpha === 0 ? [{ at: 0, left: 0, right: 1, torch: 0 }] : []),
  points: ({ alpha }) => [alpha],
  range: ({ alpha }) => [Math.min(alpha, 0), Infinity],
  isIncreasing: ({ alpha }) => alpha >= 0,

  clauses: {
    'TRELU-1': ['value', 'Above alpha the result is x, at it and below 0, exactly.'],
    'TRELU-2': ['edges', 'NaN stays NaN; −0 becomes 0 unless alpha is below 0.'],
    'TRELU-3': ['gradient', 'The slope is 1 above alpha, and 0 at it and below.'],
    'TRELU-4': ['parameters', 'alpha may be negative.'],
    'TRELU-5': ['thresholded-relu-is-a-threshold-with-value-0', 'It is threshold(x; alpha, 0).'],
  },

  dialects: {
    pytorch: { name: 'nn.functional.threshold', note: 'with value = 0' },
    onnx: {
      name: 'ThresholdedRelu',
      opset: 22,
      attributes: { alpha: 'alpha' },
      differs: [
        {
          where: 'x = NaN',
          formula: { edges: () => ({ nan: 0 }) },
          witness: { in: { input: NaN }, spec: NaN, theirs: 0 },
        },
      ],
    },
    tfjs: { name: 'tf.layers.thresholdedReLU', note: 'alpha is called theta' },
  },
  sources: [
    'Konda, Memisevic and Krueger 2014, arXiv:1402.3337',
    'ONNX operator ThresholdedRelu-22',
  ],
});
