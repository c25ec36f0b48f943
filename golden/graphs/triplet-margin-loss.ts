/**
 * # Triplet margin loss
 *
 *     max(0, ‖a − p + eps‖ − ‖a − n + eps‖ + margin)
 */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { type Composition, numberIn, rankOf, reduced } from './composition.ts';
import { apply, input, list, min, type Term } from './expression.ts';
import { distance, sumAlong, triplet } from './vectors.ts';

type Pair = readonly [Term, Term];

/** The triplet of distances that a pair has. */
export function ofDistances(asked: Asked, between: (pair: Pair) => Term): Term {
  const [a, p, n] = [input('anchor'), input('positive'), input('negative')];
  const far = between([a, n]);
  const least = asked.params.swap === true ? min(far, between([p, n])) : far;
  return reduced(triplet(numberIn(asked, 'margin'), between([a, p]), least), asked);
}

export function byNorm(asked: Asked, p: number): (pair: Pair) => Term {
  const axis = list(rankOf(asked, 'anchor') - 1);
  const largest = (x: Term) => apply('ReduceMax', [x, axis], { keepdims: { int: 0 } });
  const how = { p, eps: numberIn(asked, 'eps') };
  return (pair) => distance(pair, how, sumAlong(asked, 'anchor'), largest);
}

export const tripletMarginLoss: Composition = (asked) =>
  ofDistances(asked, byNorm(asked, numberIn(asked, 'p')));
