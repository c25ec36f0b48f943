/**
 * # Leaky ReLU
 *
 *     x where x > 0, else negativeSlope · x
 *
 * ONNX's LeakyRelu has its slope in float32, and 0.01 is none.
 */
import { type Composition, numberIn } from './composition.ts';
import { greater, input, mul, real, where } from './expression.ts';

export const leakyRelu: Composition = (asked) => {
  const x = input('input');
  return where(greater(x, real(0)), x, mul(x, real(numberIn(asked, 'negativeSlope'))));
};
