/**
 * # Symmetric cross-entropy
 *
 *     a · crossEntropy(x, y) + b · reverseCrossEntropy(x, y)
 */
import {
  type Composition,
  classAxis,
  numberIn,
  oneHot,
  reduced,
  sumOverClasses,
} from './composition.ts';
import { add, apply, input, mul, neg, real } from './expression.ts';
import { reverseTerms } from './reverse-cross-entropy.ts';

export const symmetricCrossEntropy: Composition = (asked) => {
  const logSoftmax = apply('LogSoftmax', [input('input')], { axis: { int: classAxis(asked) } });
  const forward = neg(sumOverClasses(mul(oneHot(asked), logSoftmax), asked));
  const [a, b] = [real(numberIn(asked, 'a')), real(numberIn(asked, 'b'))];
  return reduced(add(mul(a, forward), mul(b, reverseTerms(asked))), asked);
};
