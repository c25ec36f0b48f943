/**
 * # Softplus
 *
 *     x where βx > threshold, else softplus(βx) / β
 *
 * ONNX's Softplus has neither parameter and no float64 kernel.
 */
import { type Composition, numberIn } from './composition.ts';
import { div, softplus as formula, greater, input, mul, real, where } from './expression.ts';

export const softplus: Composition = (asked) => {
  const x = input('input');
  const beta = real(numberIn(asked, 'beta'));
  const scaled = mul(beta, x);
  const linear = greater(scaled, real(numberIn(asked, 'threshold')));
  return where(linear, x, div(formula(scaled), beta));
};
