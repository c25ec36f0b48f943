/**
 * # PReLU
 *
 *     x where x > 0, else w x
 *
 * ONNX's PRelu aligns the slopes with the last axes; channels are the second one.
 */
import { alongClasses, type Composition } from './composition.ts';
import { greater, input, mul, real, where } from './expression.ts';

export const prelu: Composition = (asked) => {
  const x = input('input');
  return where(greater(x, real(0)), x, mul(x, alongClasses(input('weight'), asked)));
};
