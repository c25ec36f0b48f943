/** # Heads of classifiers: softmax and its logarithm, as they are written */
import * as k from './kernels.ts';
import { along, each, type Step } from './stages.ts';

export const logOf = (p: Step): Step => each('l', 'log(p)', k.log, p);

/** e^z / Σ e^z */
export function softmax(z: Step): Step {
  const e = each('e', `exp(${z.name})`, k.exp, z);
  return each('p', 'e / s', k.divide, e, along('s', 'Σ e', k.sum, e));
}
export const shifted = (z: Step): Step =>
  each('d', `${z.name} − m`, k.subtract, z, along('m', `max ${z.name}`, k.largest, z));

export function logSoftmax(z: Step): Step {
  const d = shifted(z);
  const s = along('s', 'Σ e', k.sum, each('e', 'exp(d)', k.exp, d));
  return each('l', 'd − log(s)', k.subtract, d, each('log(s)', 'log(s)', k.log, s));
}
