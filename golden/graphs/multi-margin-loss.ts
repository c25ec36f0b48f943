/**
 * # Multi-class margin loss
 *
 *     w_y/C Σ_c [c ≠ y] max(0, margin − x_y + x_c)^p
 *
 * x_y is the sum of all logits but for those that are not of the class.
 */
import {
  alongClasses,
  type Composition,
  classAxis,
  classCount,
  numberIn,
  oneHot,
  reduced,
  sumOverClasses,
} from './composition.ts';
import {
  add,
  apply,
  div,
  input,
  list,
  max,
  mul,
  real,
  sub,
  type Term,
  toFloat64,
} from './expression.ts';

export const multiMarginLoss: Composition = (asked) => {
  const [x, isTarget] = [input('input'), oneHot(asked)];
  const ofTarget = (y: Term): Term =>
    apply('Unsqueeze', [sumOverClasses(mul(isTarget, y), asked), list(classAxis(asked))]);
  const z = max(add(sub(real(numberIn(asked, 'margin')), ofTarget(x)), x), real(0));
  const power = asked.params.p === 2 ? mul(z, z) : z;
  const w =
    asked.in.weight === undefined ? real(1) : ofTarget(alongClasses(input('weight'), asked));
  const terms = mul(mul(sub(real(1), isTarget), power), w);
  return reduced(div(sumOverClasses(terms, asked), toFloat64(classCount(asked))), asked);
};
