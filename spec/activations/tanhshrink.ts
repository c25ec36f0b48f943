/**
 * # Tanhshrink
 *
 *     tanhshrink(x) = x − tanh x
 *
 * Near 0 it is x³/3, and the subtraction has lost all of it: in float32 from |x| = 0.0004 on. There
 *
 *     x − tanh x = (x cosh x − sinh x) / cosh x = x³/3 · (1 + x²/10 + x⁴/280 + ⋯) / cosh x
 *
 * a series of positive terms. Written out as x − tanh x, −0 becomes +0; an odd function keeps it.
 */
import { abs, exp, type Real, real, tanh } from '../functions.ts';
import { elementwise } from '../op.ts';
import { arithmetic } from '../real.ts';

/**
 * 3 (x cosh x − sinh x) / x³ = Σₙ 6n x²ⁿ⁻² / (2n + 1)!, for q = x² < 1. Each term is less than a tenth
 * of the one before, so that all to come add up to less than the last.
 */
function series(q: Real): Real {
  const tiny = real(`1e-${arithmetic().digits + 3}`);
  let term = real(1);
  let total = term;
  for (let n = 1; term.gt(total.times(tiny)); n++) {
    term = term.times(q).div(2 * n * (2 * n + 3));
    total = total.plus(term);
  }
  return total.between(total.plus(term));
}

function nearZero(x: Real): Real {
  const e = exp(abs(x).neg());
  const cosh = e.squared().plus(1).div(e.times(2));
  return x.times(x.squared()).div(3).times(series(x.squared())).div(cosh);
}

const shrunk = (x: Real): Real => (abs(x).lt(1) && x.sign() !== 0 ? nearZero(x) : x.minus(tanh(x)));
const slope = (x: Real): Real => tanh(x).squared();

export const tanhshrink = elementwise({
  id: 'tanhshrink',
  params: {},

  f: (x) => x.through(shrunk, slope),
  df: slope,

  edges: () => ({ negInf: -Infinity, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  slopes: () => ({ negInf: 1, posInf: 1 }),
  // Where x³/3 underflows float32, and is subnormal; where tanh rounds to 1.
  points: () => [1.2809749e-15, 3.2792959e-13, 9.01].flatMap((x) => [x, -x]),
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'TSHR-1': ['value', 'Near 0 it keeps its digits: tanhshrink(2⁻¹⁰) is 3.104e−10.'],
    'TSHR-2': [
      'value',
      'From 2²⁴ to 2²⁵ x − 1 is a tie of float32, which tanh x < 1 breaks: the result is x.',
    ],
    'TSHR-3': ['edges', 'tanhshrink(±0) is ±0, and tanhshrink(±∞) is ±∞.'],
    'TSHR-4': ['odd', 'tanhshrink(−x) = −tanhshrink(x), bit for bit.'],
    'TSHR-5': ['monotone', 'tanhshrink never decreases.'],
    'TSHR-6': ['gradient', 'The slope is tanh² x, and keeps its digits near 0.'],
    'TSHR-7': ['tanhshrink-is-x-minus-tanh', 'tanhshrink(x) = x − tanh x.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.tanhshrink',
      differs: [
        {
          where: 'x = −0',
          formula: { edges: () => ({ negZero: 0 }) },
          witness: { in: { input: -0 }, spec: -0, theirs: 0 },
        },
        {
          where: 'near 0, where it subtracts: all digits are lost in float64, too',
          witness: {
            in: { input: 2 ** -27 },
            ...{ spec: 1.378634354255046e-25, theirs: 0 },
          },
        },
      ],
    },
    keras: { name: 'keras.activations.tanh_shrink' },
  },
  sources: ['PyTorch torch/nn/functional.py, tanhshrink'],
});
