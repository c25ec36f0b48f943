/**
 * # Hyperbolic tangent
 *
 *     tanh x = e/(e + 2),   e = e²ˣ − 1
 *     tanh′x = 4z/(1 + z)²,   z = e^−2|x|
 *
 * Above 22, 1 − tanh x < 2⁻⁶² and the result is 1.
 */
import { elementwise } from '../elementwise.ts';
import type { Expression } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { expm1 } from '../math/expm1.ts';
import { bump } from './sigmoid.ts';

/** tanh as an expression. */
export function hyperbolicTangent(x: Expression, precise: boolean): Expression {
  const e = expm1(x.min(22).max(-22).times(2).ahead(), precise);
  return e.div(e.plus(2)).withSignOf(x);
}

export const tanhKernels = {
  value: kernelOf('tanh', hyperbolicTangent),
  slope: kernelOf('tanh′', (x, precise) => bump(x.times(2), precise).times(4)),
};

export const tanh = elementwise({
  id: 'tanh',
  parameters: {},
  kernels: tanhKernels,
});
