/**
 * # Softshrink
 *
 *     softshrink(x) = x − lambd    where x > lambd
 *                     x + lambd    where x < −lambd
 *                     0            elsewhere
 *
 * What is left of x when it is moved towards 0 by lambd: the proximal operator of lambd · |x|. With
 * lambd = 0 it is the identity, without a kink. A negative lambd is refused.
 */
import { abs, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

export const softshrink = elementwise({
  id: 'softshrink',
  params: { lambd: number({ default: 0.5, min: 0, draw: [0, 8] }) },

  f(x, { lambd }) {
    if (x.gt(lambd)) return x.minus(lambd);
    return x.lt(lambd.neg()) ? x.plus(lambd) : real(0);
  },
  df: (x, { lambd }) => real(abs(x).lt(lambd) ? 0 : 1),

  edges: () => ({ negInf: -Infinity, negZero: 0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 1, posInf: 1 }),
  kinks: ({ lambd }) =>
    lambd === 0
      ? []
      : [
          { at: -lambd, left: 1, right: 0, torch: 0 },
          { at: lambd, left: 0, right: 1, torch: 0 },
        ],
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'SSHR-1': ['value', 'Beyond ±lambd one subtraction is left, between them 0.'],
    'SSHR-2': ['edges', 'NaN stays NaN; −0 becomes 0.'],
    'SSHR-3': ['gradient', 'The slope at ±lambd is 0; anything up to 1 is a subgradient.'],
    'SSHR-4': ['odd', 'softshrink(−x) = −softshrink(x).'],
    'SSHR-5': ['errors', 'A negative lambd is refused.'],
    'SSHR-6': ['monotone', 'softshrink never decreases.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.softshrink',
      note: '−0 stays −0 or becomes 0; in vectors the gradient at NaN is 0',
      differs: [
        {
          where: 'the gradient at NaN, in scalar loops',
          formula: { slopes: () => ({ nan: 1 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1 },
        },
        {
          where: 'the gradient at 0 where lambd = 0',
          formula: { df: (x, { lambd }) => (x.sign() === 0 && lambd.sign() === 0 ? 0 : undefined) },
          witness: {
            in: { input: 0 },
            params: { lambd: 0 },
            of: 'grad:input',
            spec: 1,
            theirs: 0,
          },
        },
      ],
    },
    onnx: { name: 'Shrink', note: 'with bias = lambd; NaN becomes 0' },
    keras: { name: 'keras.activations.soft_shrink', note: 'lambd is called threshold' },
  },
  sources: ['Donoho 1995, "De-noising by soft-thresholding"'],
});
