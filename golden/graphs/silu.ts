/**
 * # SiLU
 *
 *     x / (1 + e^−αx)
 *
 * ONNX's Swish is made of its Sigmoid, whose float64 kernel has lost its left tail.
 */
import { type Composition, numberIn } from './composition.ts';
import { add, div, exp, input, mul, real } from './expression.ts';

export const silu: Composition = (asked) => {
  const x = input('input');
  return div(x, add(real(1), exp(mul(real(-numberIn(asked, 'alpha')), x))));
};
