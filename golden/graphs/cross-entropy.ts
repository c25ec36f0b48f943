/**
 * # Cross-entropy
 *
 *     −Σ_c w_c ((1 − ε) q_c + ε / C) · logSoftmax(x)_c
 *
 * Of classes without smoothing it is ONNX's own operator, whose weights, ignored samples and
 * denominator also serve the part of a smoothed loss that has one class: (1 − ε) of that, and ε / C
 * of the sum over all classes, which ONNX lacks.
 */
import type { Asked } from '../../conformance/onnx/derive.ts';
import {
  type Composition,
  classAxis,
  classCount,
  holdsClasses,
  numberIn,
  oneHot,
  reduced,
  sumOverClasses,
  weightOfClasses,
} from './composition.ts';
import {
  add,
  apply,
  div,
  equal,
  input,
  integer,
  mul,
  neg,
  real,
  sub,
  sumAll,
  type Term,
  toFloat64,
  where,
} from './expression.ts';
import { ofClasses } from './loss-of-classes.ts';

const logSoftmax = (asked: Asked): Term =>
  apply('LogSoftmax', [input('input')], { axis: { int: classAxis(asked) } });

/** x / C */
const perClass = (x: Term, asked: Asked): Term => div(x, toFloat64(classCount(asked)));

/** −Σ_c w_c logSoftmax(x)_c */
const overAllClasses = (asked: Asked): Term =>
  neg(sumOverClasses(mul(weightOfClasses(asked), logSoftmax(asked)), asked));

const ofProbabilities: Composition = (asked) => {
  const smoothing = real(numberIn(asked, 'labelSmoothing'));
  const kept = mul(sub(real(1), smoothing), input('target'));
  const smoothed = add(kept, perClass(smoothing, asked));
  const products = mul(mul(weightOfClasses(asked), smoothed), logSoftmax(asked));
  return reduced(neg(sumOverClasses(products, asked)), asked);
};

const ofSmoothedClasses: Composition = (asked) => {
  const smoothing = real(numberIn(asked, 'labelSmoothing'));
  const ignored = equal(input('target'), integer(numberIn(asked, 'ignoreIndex')));
  const uniform = where(ignored, real(0), perClass(overAllClasses(asked), asked));
  const single = ofClasses('SoftmaxCrossEntropyLoss', asked, 'none');
  const terms = add(mul(sub(real(1), smoothing), single), mul(smoothing, uniform));
  if (asked.params.reduction !== 'mean') return reduced(terms, asked);
  const applied = sumOverClasses(mul(oneHot(asked), weightOfClasses(asked)), asked);
  return div(sumAll(terms), sumAll(where(ignored, real(0), applied)));
};

export const crossEntropy: Composition = (asked) => {
  if (!holdsClasses(asked, 'target')) return ofProbabilities(asked);
  if (numberIn(asked, 'labelSmoothing') !== 0) return ofSmoothedClasses(asked);
  return ofClasses('SoftmaxCrossEntropyLoss', asked);
};
