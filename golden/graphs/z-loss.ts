/**
 * # z-loss
 *
 *     c (ln Z)², where ln Z is any logit less its log-softmax
 */
import { type Composition, classAxis, numberIn, reduced } from './composition.ts';
import { apply, input, integer, mul, real, sub } from './expression.ts';

export const zLoss: Composition = (asked) => {
  const axis = { axis: { int: classAxis(asked) } };
  const all = sub(input('input'), apply('LogSoftmax', [input('input')], axis));
  const z = apply('Gather', [all, integer(0)], axis);
  return reduced(mul(real(numberIn(asked, 'coefficient')), mul(z, z)), asked);
};
