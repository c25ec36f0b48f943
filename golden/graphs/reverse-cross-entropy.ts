/**
 * # Reverse cross-entropy
 *
 *     −Σ_k p_k ln(clamp(onehot(y)_k, eps, 1)),  p = clamp(softmax(x), probabilityEps, 1)
 */
import type { Asked } from '../../conformance/onnx/derive.ts';
import {
  type Composition,
  classAxis,
  numberIn,
  oneHot,
  reduced,
  sumOverClasses,
} from './composition.ts';
import { apply, input, log, max, min, mul, neg, real, type Term } from './expression.ts';

const clamped = (x: Term, from: number): Term => min(max(x, real(from)), real(1));

export const reverseTerms = (asked: Asked): Term => {
  const eps = numberIn(asked, 'eps');
  const { probabilityEps } = asked.params;
  const softmax = apply('Softmax', [input('input')], { axis: { int: classAxis(asked) } });
  const p = clamped(softmax, typeof probabilityEps === 'number' ? probabilityEps : eps);
  return neg(sumOverClasses(mul(p, log(clamped(oneHot(asked), eps))), asked));
};

export const reverseCrossEntropy: Composition = (asked) => reduced(reverseTerms(asked), asked);
