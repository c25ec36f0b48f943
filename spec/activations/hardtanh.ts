/**
 * # Hardtanh
 *
 *     hardtanh(x) = min(max(x, minVal), maxVal)
 *
 * Exact in every format. Equal bounds make it a constant, without a kink. PyTorch returns the slope 0
 * at both corners, although its clamp, which has the same values, returns 1 there.
 */
import { max, min, type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Bounds {
  readonly minVal: Real;
  readonly maxVal: Real;
}
const clamped = (x: Real, { minVal, maxVal }: Bounds): Real =>
  minVal.lt(maxVal) ? min(max(x, minVal), maxVal) : maxVal;

export const hardtanh = elementwise({
  id: 'hardtanh',
  params: { minVal: number({ default: -1 }), maxVal: number({ default: 1 }) },
  refuse({ minVal, maxVal }) {
    if (minVal > maxVal)
      throw new RangeError(`hardtanh: minVal = ${minVal} should be at most maxVal = ${maxVal}`);
  },

  f: clamped,
  df: (x, { minVal, maxVal }) => real(x.gt(minVal) && x.lt(maxVal) ? 1 : 0),

  edges: (p) => ({
    negInf: p.minVal,
    negZero: clamped(real(-0), p),
    posZero: clamped(real(0), p),
    posInf: p.maxVal,
    nan: NaN,
  }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  kinks: ({ minVal, maxVal }) =>
    minVal === maxVal
      ? []
      : [
          { at: minVal, left: 0, right: 1, torch: 0 },
          { at: maxVal, left: 1, right: 0, torch: 0 },
        ],
  points: ({ minVal, maxVal }) => [minVal, maxVal],
  range: ({ minVal, maxVal }) => [minVal, maxVal],
  isIncreasing: () => true,

  clauses: {
    'HT-1': ['value', 'hardtanh returns x between the bounds and a bound beyond, exactly.'],
    'HT-2': ['edges', 'hardtanh(NaN) is NaN; a −0 between the bounds stays −0.'],
    'HT-3': ['gradient', 'The slope at both bounds is 0; anything up to 1 is a subgradient.'],
    'HT-4': ['errors', 'minVal above maxVal is refused.'],
    'HT-5': ['parameters', 'Both bounds count.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.hardtanh',
      note: 'the gradient at NaN is 1 or 0',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
      ],
    },
    onnx: { name: 'Clip', note: 'the bounds are two inputs' },
    jax: { name: 'jax.nn.hard_tanh', lacks: ['minVal', 'maxVal'] },
    keras: { name: 'keras.activations.hard_tanh', lacks: ['minVal', 'maxVal'] },
    tfjs: { name: 'tf.clipByValue', note: 'the bounds have no defaults' },
    tinygrad: { name: 'Tensor.hardtanh' },
  },
  sources: ['Collobert 2004, "Large scale machine learning"', 'PyTorch torch.nn.Hardtanh'],
});
