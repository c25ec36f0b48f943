/** # Heads of classifiers: softmax and its logarithm, as they are written */
import * as k from './kernels.ts';
import { along, each, type Step } from './stages.ts';

export const logOf = (p: Step): Step => each('l', 'log(p)', k.log, p);

/** e^z and Σ e^z */
function powers(z: Step): readonly [e: Step, s: Step] {
  const e = each('e', `exp(${z.name})`, k.exp, z);
  return [e, along('s', 'Σ e', k.sum, e)];
}
export const shifted = (z: Step): Step =>
  each('d', `${z.name} − m`, k.subtract, z, along('m', `max ${z.name}`, k.largest, z));

export const softmax = (z: Step): Step => each('p', 'e / s', k.divide, ...powers(z));

/** Both of z whose largest was subtracted. */
export function softmaxAndLog(z: Step): readonly [p: Step, l: Step] {
  const d = shifted(z);
  const [e, s] = powers(d);
  const l = each('l', 'd − log(s)', k.subtract, d, each('log(s)', 'log(s)', k.log, s));
  return [each('p', 'e / s', k.divide, e, s), l];
}
export const logSoftmax = (z: Step): Step => softmaxAndLog(z)[1];
