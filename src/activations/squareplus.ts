/**
 * # Squareplus
 *
 *     squareplus(x) = s/2 where x ≥ 0, else b/(2s)          r = √(x² + b),  s = r + |x|
 *     squareplus′(x) = squareplus(x)/r
 *
 * With b = 0 it is relu, with the slope ½ at 0.
 */
import { elementwise } from '../elementwise.ts';
import type { Expression } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { number } from '../parameters.ts';

/** Beyond all float32: there the slope is 0 or 1, whatever it is multiplied by. */
const FAR = 2 ** 200;
/** Below the root of any b but 0. */
const LEAST = 2 ** -600;

function parts(x: Expression, b: Expression, least: number) {
  const r = x.times(x).plus(b).sqrt().max(least);
  const s = r.plus(x.abs());
  return { r, half: x.ifLess(0, b.div(s), s) };
}

export const squareplusKernels = {
  value: kernelOf('squareplus', (x, _, { b }) => parts(x, b, 0).half.div(2), {
    parameters: ['b'],
  }),
  slope: kernelOf(
    'squareplus′',
    (x, _, { b }) => {
      const { r, half } = parts(x.max(-FAR).min(FAR), b, LEAST);
      return half.div(r.times(2));
    },
    { parameters: ['b'] },
  ),
};

export const squareplus = elementwise({
  id: 'squareplus',
  parameters: { b: number({ default: 4, min: 0, max: 2 ** 20 }) },
  kernels: squareplusKernels,
});
