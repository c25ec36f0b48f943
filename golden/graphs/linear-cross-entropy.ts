/**
 * # Cross-entropy of a linear layer
 *
 *     −Σ_c w_c ((1 − ε) q_c + ε / C) · logSoftmax(x Wᵀ + b)_c
 *
 * Classes are along the last axis.
 */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { type Composition, holdsClasses, numberIn, orOne, rankOf, reduced } from './composition.ts';
import {
  add,
  apply,
  div,
  equal,
  input,
  integer,
  list,
  mul,
  neg,
  real,
  sub,
  sumAll,
  sumOver,
  type Term,
  toFloat64,
  where,
} from './expression.ts';

const classCount = (): Term =>
  apply('Gather', [apply('Shape', [input('linearWeight')]), integer(0)]);

/** [c = y] */
function oneHot(asked: Asked): Term {
  const range = apply('Range', [integer(0), classCount(), integer(1)]);
  const target = apply('Unsqueeze', [input('target'), list(rankOf(asked, 'input') - 1)]);
  return toFloat64(equal(target, range));
}

function logits({ in: given }: Asked): Term {
  const products = apply('MatMul', [input('input'), apply('Transpose', [input('linearWeight')])]);
  return given.linearBias === undefined ? products : add(products, input('linearBias'));
}

export const linearCrossEntropy: Composition = (asked) => {
  const axis = rankOf(asked, 'input') - 1;
  const isClass = holdsClasses(asked, 'target');
  const smoothing = real(numberIn(asked, 'labelSmoothing'));
  const q = isClass ? oneHot(asked) : input('target');
  const smoothed = add(mul(sub(real(1), smoothing), q), div(smoothing, toFloat64(classCount())));
  const logSoftmax = apply('LogSoftmax', [logits(asked)], { axis: { int: axis } });
  const terms = neg(sumOver(mul(mul(orOne(asked, 'weight'), smoothed), logSoftmax), axis));
  if (!isClass) return reduced(terms, asked);
  const ignored = equal(input('target'), integer(numberIn(asked, 'ignoreIndex')));
  const kept = where(ignored, real(0), terms);
  if (asked.params.reduction !== 'mean') return reduced(kept, asked);
  const own = sumOver(mul(oneHot(asked), orOne(asked, 'weight')), axis);
  return div(sumAll(kept), sumAll(where(ignored, real(0), own)));
};
