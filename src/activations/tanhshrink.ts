/**
 * # Tanhshrink
 *
 *     tanhshrink(x) = x − tanh x,     tanhshrink′(x) = tanh² x
 *
 * Up to ¾, where that cancels, it is x³ P(x²)/(3 cosh x) with P(q) = 3 (x cosh x − sinh x)/x³. Up to
 * 2⁻⁴⁰ value and slope are x³/3 and x² but for less than 2⁻⁷⁹ of them: below, on the near side of
 * whatever these may be beside, as products of float32 are further than 2⁻⁷⁶ from any other midpoint.
 */
import { elementwise } from '../elementwise.ts';
import { approximate, type Expression } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { approximately, factorial, ratio, type Series } from '../kernel/series.ts';
import { exp } from '../math/exp.ts';
import { hyperbolicTangent } from './tanh.ts';

/** Σ 6n qⁿ⁻¹/(2n + 1)! */
const series: Series = {
  name: '3 (x cosh x − sinh x)/x³',
  coefficient: (i) => ratio(6 * (i + 1), factorial(2 * i + 3)),
  from: 0,
  to: 0.6,
};
/** The first left out are below 2⁻⁴⁸ and 2⁻⁶⁰ of the sum. */
const [FAST, PRECISE] = [7, 9].map((count) =>
  Array.from({ length: count }, (_, i) => approximately(series.coefficient(i))),
) as [number[], number[]];

const TINY = 2 ** -40;
const LITTLE = 2 ** -82;
/** y, and a little less. */
const justBelow = (y: Expression): Expression => y.minus(y.times(LITTLE));

function small(x: Expression, precise: boolean): Expression {
  const y = x.min(0.75);
  const q = y.times(y);
  const e = exp(y.neg(), precise);
  const factor = approximate(series, precise ? PRECISE : FAST, q)
    .times(2)
    .times(e);
  return q.times(y).times(factor).div(e.times(e).plus(1).times(3));
}

export const tanhshrinkKernels = {
  value: kernelOf('tanhshrink', (x, precise) => {
    const y = x.abs();
    const cubed = y.times(y).times(y);
    const far = y.minus(hyperbolicTangent(y, precise));
    const near = y.ifLess(TINY, justBelow(cubed).div(3), small(y, precise));
    // Beyond ¾ the difference is more than an eighth of y.
    return {
      value: y.ifLess(0.75, near, far).withSignOf(x),
      scale: y.ifLess(0.75, near, far.times(8)),
    };
  }),
  slope: kernelOf('tanhshrink′', (x, precise) => {
    const y = x.abs();
    const t = hyperbolicTangent(y, precise);
    const value = y.ifLess(TINY, justBelow(y.times(y)), t.times(t));
    return { value, scale: value.times(4) };
  }),
};

export const tanhshrink = elementwise({
  id: 'tanhshrink',
  parameters: {},
  kernels: tanhshrinkKernels,
});
