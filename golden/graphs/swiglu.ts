/** # SwiGLU: a σ(αa) b; ONNX Runtime does not take its version 28 yet */
import { sigmoidOf } from './along.ts';
import { type Composition, numberIn } from './composition.ts';
import { input, mul, real } from './expression.ts';

export const swiglu: Composition = (asked) => {
  const a = input('a');
  const gate = sigmoidOf(mul(real(numberIn(asked, 'alpha')), a));
  return mul(mul(a, gate), input('b'));
};
