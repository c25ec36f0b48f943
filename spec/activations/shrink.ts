/**
 * # Shrink
 *
 *     shrink(x) = x − bias    where x > lambd
 *                 x + bias    where x < −lambd
 *                 0           elsewhere
 *
 * Hardshrink with bias = 0, softshrink with bias = lambd; in all other cases it jumps at ±lambd, down
 * where bias is the larger one. With both 0 it is the identity. A negative bias moves x away from 0. A
 * negative lambd, for which two of the conditions hold at once, is refused.
 */
import { abs, type Real, real } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Shrinking {
  readonly bias: Real;
  readonly lambd: Real;
}
/** Also at 0 where nothing is taken from any number. */
const isKept = (x: Real, { bias, lambd }: Shrinking): boolean =>
  abs(x).gt(lambd) || (lambd.sign() === 0 && bias.sign() === 0);

export const shrink = elementwise({
  id: 'shrink',
  params: {
    bias: number({ default: 0 }),
    lambd: number({ default: 0.5, min: 0, draw: [0, 8] }),
  },

  f(x, p) {
    if (!isKept(x, p)) return real(0);
    return x.sign() < 0 ? x.plus(p.bias) : x.minus(p.bias);
  },
  df: (x, p) => real(isKept(x, p) ? 1 : 0),

  edges: () => ({ negInf: -Infinity, negZero: 0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 1, posInf: 1 }),
  kinks: ({ bias, lambd }) =>
    lambd === 0 || bias !== lambd
      ? []
      : [
          { at: -lambd, left: 1, right: 0, torch: 0 },
          { at: lambd, left: 0, right: 1, torch: 0 },
        ],
  points: ({ lambd }) => [-lambd, lambd],
  isIncreasing: ({ bias, lambd }) => bias <= lambd,
  isOdd: true,

  clauses: {
    'SHR-1': ['value', 'Beyond ±lambd one subtraction is left, at them and between 0.'],
    'SHR-2': ['edges', 'NaN stays NaN; −0 becomes 0.'],
    'SHR-3': ['gradient', 'The slope is 1 beyond ±lambd, and 0 at them and between.'],
    'SHR-4': ['odd', 'shrink(−x) = −shrink(x).'],
    'SHR-5': ['errors', 'A negative lambd is refused.'],
    'SHR-6': ['shrink-without-bias-is-hardshrink', 'Without a bias it is hardshrink.'],
    'SHR-7': ['shrink-by-lambd-is-softshrink', 'With bias = lambd it is softshrink.'],
  },

  dialects: {
    onnx: {
      name: 'Shrink',
      opset: 9,
      attributes: { bias: 'bias', lambd: 'lambd' },
      note: 'a negative lambd is taken',
      differs: [
        {
          where: 'x = NaN',
          formula: { edges: () => ({ nan: 0 }) },
          witness: { in: { input: NaN }, spec: NaN, theirs: 0 },
        },
      ],
    },
  },
  sources: ['ONNX operator Shrink-9'],
});
