/** # What losses of the probability of a row's class have in common */
import type { Asked } from '../../conformance/onnx/derive.ts';
import {
  type Composition,
  classAxis,
  numberIn,
  oneHot,
  reduced,
  sumOverClasses,
  weightOfClasses,
} from './composition.ts';
import {
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
  where,
} from './expression.ts';

interface Chance {
  readonly p: Term;
  /** 1 − p, as the sum over the other classes. */
  readonly rest: Term;
  /** −ln p */
  readonly surprise: Term;
}

function chanceOf(asked: Asked): Chance {
  const axis = { axis: { int: classAxis(asked) } };
  const own = oneHot(asked);
  const softmax = apply('Softmax', [input('input')], axis);
  const logSoftmax = apply('LogSoftmax', [input('input')], axis);
  return {
    p: sumOverClasses(mul(own, softmax), asked),
    rest: sumOverClasses(mul(sub(real(1), own), softmax), asked),
    surprise: neg(sumOverClasses(mul(own, logSoftmax), asked)),
  };
}

/** w_y times a function of that; a sample whose class is ignored has no weight. */
export const ofChance =
  (f: (of: Chance, asked: Asked) => Term): Composition =>
  (asked) => {
    const ignored = equal(input('target'), integer(numberIn(asked, 'ignoreIndex')));
    const weight = sumOverClasses(mul(oneHot(asked), weightOfClasses(asked)), asked);
    const own = where(ignored, real(0), weight);
    const terms = where(ignored, real(0), mul(own, f(chanceOf(asked), asked)));
    return asked.params.reduction === 'mean'
      ? div(sumAll(terms), sumAll(own))
      : reduced(terms, asked);
  };
