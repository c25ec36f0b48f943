/**
 * # Gumbel-softmax
 *
 *     softmax((x + g) / τ), or 1 at the first largest x + g
 */
import { axisOf, oneHotAlong, softmaxAlong } from './along.ts';
import { type Composition, numberIn } from './composition.ts';
import { add, div, input, real } from './expression.ts';

export const gumbelSoftmax: Composition = (asked) => {
  const z = add(input('input'), input('noise'));
  if (asked.params.hard === true) return oneHotAlong(z, asked);
  return softmaxAlong(div(z, real(numberIn(asked, 'tau'))), axisOf(asked));
};
