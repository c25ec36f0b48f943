/**
 * # Threshold
 *
 *     threshold(x) = x        where x > threshold
 *                    value    elsewhere
 *
 * Exact in every format. At the threshold itself it is `value`. It jumps there, unless value and
 * threshold are equal; where value is the larger one, it jumps down. PyTorch has no defaults: those
 * here make it relu, but for a −0.
 */
import { type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Switch {
  readonly threshold: Real;
  readonly value: Real;
}
const switched = (x: Real, { threshold, value }: Switch): Real => (x.gt(threshold) ? x : value);

export const threshold = elementwise({
  id: 'threshold',
  params: { threshold: number({ default: 0 }), value: number({ default: 0 }) },

  f: switched,
  df: (x, { threshold }) => real(x.gt(threshold) ? 1 : 0),

  edges: (p) => ({
    negInf: p.value,
    negZero: switched(real(-0), p),
    posZero: switched(real(0), p),
    posInf: Infinity,
    nan: NaN,
  }),
  slopes: () => ({ negInf: 0, posInf: 1 }),
  kinks: ({ threshold, value }) =>
    threshold === value ? [{ at: threshold, left: 0, right: 1, torch: 0 }] : [],
  points: ({ threshold }) => [threshold],
  range: ({ threshold, value }) => [Math.min(threshold, value), Infinity],
  isIncreasing: ({ threshold, value }) => value <= threshold,

  clauses: {
    'THR-1': ['value', 'Above the threshold the result is x, at it and below value, exactly.'],
    'THR-2': ['edges', 'threshold(NaN) is NaN; −0 is value where the threshold is 0.'],
    'THR-3': ['gradient', 'The slope is 1 above the threshold, and 0 at it and below.'],
    'THR-4': ['parameters', 'value may be above the threshold: then the function jumps down.'],
    'THR-5': ['threshold-at-0-is-relu', 'threshold(x; 0, 0) = relu(x).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.threshold',
      note: 'threshold and value are required',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    keras: {
      name: 'keras.activations.threshold',
      note: 'value is called default_value; both are required',
    },
  },
  sources: ['PyTorch torch.nn.Threshold'],
});
