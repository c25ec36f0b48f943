/**
 * # PReLU: parametric ReLU
 *
 *     prelu(x, w) = x      where x > 0
 *                   w x    elsewhere
 *
 * Leaky ReLU whose slope is learnt: one weight for each channel, or one for all. Channels are the
 * second axis, and the first where there is only one. A weight of 0 silences an infinite x.
 */
import { isNan, isSilenced, type Real, real, scaled } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';

/** What x is multiplied by, which is its slope too: at NaN there is none. */
export const factor = (x: Real, w: Real): Real => (x.gt(0) ? real(1) : isNan(x) ? w.times(x) : w);

export const prelu = rowwise({
  id: 'prelu',
  params: {},
  inputs: {
    input: reals('N? C *'),
    weight: reals('C', { broadcast: true, draw: [-2, 2] }),
  },
  over: 'N? C *',
  output: 'N? C *',

  f: ({ input: x, weight: w }) => [scaled(factor(x, w), x)],
  addends: ({ input: x, weight: w }) => [[scaled(factor(x, w), x)]],
  derivative: {
    input: ({ input: x, weight: w }, [u]) => [[factor(x, w).times(u!)]],
    weight: ({ input: x }, [u]) => [[x.gt(0) ? real(0) : x.times(u!)]],
  },

  clauses: {
    'PRELU-1': ['value', 'The left side is one product, the right side is x.'],
    'PRELU-2': ['special rows', 'A weight of 0 makes 0 of −∞; NaN stays NaN.'],
    'PRELU-3': ['gradient', 'At x = 0 the slope in x is the weight, and that in the weight is 0.'],
    'PRELU-4': ['gradient', 'The gradient of a weight sums over all elements that it multiplies.'],
    'PRELU-5': ['prelu-with-one-weight-is-leaky-relu', 'One weight for all is a negativeSlope.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.prelu',
      note: 'a single axis takes one weight only; one number without axes is taken',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: {
            derivative: {
              input: ({ input: x, weight: w }, [u]) => [isNan(x) ? [w.times(u!)] : undefined],
            },
          },
          witness: {
            in: { input: [NaN], weight: [0.25] },
            of: 'grad:input',
            spec: NaN,
            theirs: 0.25,
          },
        },
        {
          where: 'x = −∞ with weight 0',
          formula: { f: ({ input: x, weight: w }) => [isSilenced(w, x) ? NaN : undefined] },
          witness: { in: { input: [-Infinity], weight: [0] }, spec: 0, theirs: NaN },
        },
      ],
    },
    onnx: {
      name: 'PRelu',
      opset: 16,
      ranks: [1, 2],
      note: 'the slope aligns with the last axes; with more than two, [C] must be reshaped; ONNX Runtime broadcasts the input to the slope too',
      differs: [
        {
          where: 'x = −∞ with weight 0',
          formula: { f: ({ input: x, weight: w }) => [isSilenced(w, x) ? NaN : undefined] },
          witness: { in: { input: [-Infinity], weight: [0] }, spec: 0, theirs: NaN },
        },
      ],
    },
    keras: { name: 'keras.layers.PReLU', note: 'weights for every place but the batch' },
    tfjs: { name: 'tf.prelu', note: 'alpha aligns with the last axes' },
  },
  sources: [
    'He et al. 2015, "Delving deep into rectifiers", arXiv:1502.01852',
    'ONNX operator PRelu-16',
  ],
});
