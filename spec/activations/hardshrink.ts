/**
 * # Hardshrink
 *
 *     hardshrink(x) = x    where |x| > lambd
 *                     0    elsewhere
 *
 * Exact in every format. It jumps at ±lambd, where it is still 0. With lambd = 0 it is the identity,
 * and so is its slope at 0. A negative lambd, which PyTorch takes as 0, is refused.
 */
import { abs, type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

const isKept = (x: Real, lambd: Real): boolean => abs(x).gt(lambd) || lambd.sign() === 0;

export const hardshrink = elementwise({
  id: 'hardshrink',
  params: { lambd: number({ default: 0.5, min: 0, draw: [0, 8] }) },

  f: (x, { lambd }) => (isKept(x, lambd) ? x : real(0)),
  df: (x, { lambd }) => real(isKept(x, lambd) ? 1 : 0),

  edges: () => ({ negInf: -Infinity, negZero: 0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 1, posInf: 1 }),
  points: ({ lambd }) => [-lambd, lambd],
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'HSHR-1': ['value', 'Beyond ±lambd the result is x, at them and between 0, exactly.'],
    'HSHR-2': ['edges', 'NaN stays NaN; −0 becomes 0.'],
    'HSHR-3': ['gradient', 'The slope is 1 beyond ±lambd, and 0 at them and between.'],
    'HSHR-4': ['odd', 'hardshrink(−x) = −hardshrink(x).'],
    'HSHR-5': ['errors', 'A negative lambd is refused.'],
    'HSHR-6': ['monotone', 'hardshrink never decreases.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.hardshrink',
      note: 'a negative lambd is taken; in vectors the gradient at NaN is 0',
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
    onnx: {
      name: 'Shrink',
      opset: 9,
      attributes: { lambd: 'lambd' },
      differs: [
        {
          where: 'x = NaN',
          formula: { edges: () => ({ nan: 0 }) },
          witness: { in: { input: NaN }, spec: NaN, theirs: 0 },
        },
      ],
    },
    keras: { name: 'keras.activations.hard_shrink', note: 'lambd is called threshold' },
  },
  sources: ['Donoho and Johnstone 1994, "Ideal spatial adaptation by wavelet shrinkage"'],
});
