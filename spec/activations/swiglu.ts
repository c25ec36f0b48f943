/**
 * # SwiGLU
 *
 *     swiglu(a, b) = silu(a) b = a σ(αa) b
 *
 * A gated linear unit whose gate is Swish, element by element of two tensors of one shape: nothing
 * broadcasts. What is gated is `b`, and the gate is made of `a`; ONNX calls them A and B.
 */
import { isNan, type Real, real, sigmoid, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { number } from '../param.ts';

const isInfinite = (t: Real): boolean => !t.isFinite() && !isNan(t);

/** t σ(t), and the two parts of its slope, σ(t) and t σ(t) σ(−t); at ±∞ their limits. */
const gated = (t: Real): Real =>
  isInfinite(t) ? real(t.sign() > 0 ? Infinity : 0) : t.times(sigmoid(t));
const slopes = (t: Real): readonly Real[] =>
  isInfinite(t)
    ? [real(t.sign() > 0 ? 1 : 0)]
    : [sigmoid(t), t.times(sigmoid(t)).times(sigmoid(t.neg()))];

/** Their sum. For t > 0 as 1 + σ(−t) (t σ(t) − 1), which is known to be above 1 where it is by little. */
function slope(t: Real): Real {
  if (isNan(t) || isInfinite(t) || t.sign() <= 0) return sum(slopes(t));
  return sigmoid(t.neg())
    .times(t.times(sigmoid(t)).minus(1))
    .plus(1);
}

/** silu(a), with the slope as a whole: beside an infinite b its parts would cancel to NaN. */
const silu = (a: Real, alpha: Real): Real => a.times(alpha).through(gated, slope).div(alpha);

export const swiglu = rowwise({
  id: 'swiglu',
  params: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 8] }) },
  inputs: { a: reals('*'), b: reals('*') },
  over: '*',
  output: '*',

  f: ({ a, b }, { alpha }) => [silu(a, alpha).times(b)],
  addends: ({ a, b }, { alpha }) => [[silu(a, alpha).times(b)]],
  derivative: {
    a: ({ a, b }, [u], { alpha }) => [slopes(a.times(alpha)).map((s) => s.times(b).times(u!))],
    b: ({ a }, [u], { alpha }) => [[silu(a, alpha).times(u!)]],
  },

  clauses: {
    'SWIGLU-1': ['swiglu-of-one-is-silu', 'swiglu(a, 1) = silu(a), with the same α.'],
    'SWIGLU-2': ['value', 'A closed gate leaves the digits: swiglu(−89, 1) is −1.982e−37, not 0.'],
    'SWIGLU-3': ['special rows', 'a = −∞ shuts the gate, the limit: the result is 0 for finite b.'],
    'SWIGLU-4': ['special rows', '0 times an infinite b is NaN, also where a = −∞ made the 0.'],
    'SWIGLU-5': ['gradient', 'The gradient of b is silu(a), that of a is b · silu′(a).'],
    'SWIGLU-6': ['parameters', 'α is the steepness of the gate.'],
  },

  dialects: {
    onnx: { name: 'SwiGLU', opset: 28, attributes: { alpha: 'alpha' } },
  },
  sources: ['Shazeer 2020, arXiv:2002.05202', 'ONNX operator SwiGLU-28'],
});
