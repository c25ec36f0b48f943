/**
 * # Cosine embedding loss
 *
 *     1 − cos, max(0, cos − margin), or 0, for t = 1, −1, or any other t
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, equal, input, max, real, sub, where } from './expression.ts';
import { cosine, sqrt, sumAlong } from './vectors.ts';

/** 1e−12 as a float32. */
const EPSILON = Math.fround(1e-12);

export const cosineEmbeddingLoss: Composition = (asked) => {
  const is = (label: number) => equal(input('target'), real(label));
  const sum = sumAlong(asked, 'input1');
  const cos = cosine(input('input1'), input('input2'), sum, (square) =>
    sqrt(add(square, real(EPSILON))),
  );
  const apart = max(sub(cos, real(numberIn(asked, 'margin'))), real(0));
  return reduced(where(is(1), sub(real(1), cos), where(is(-1), apart, real(0))), asked);
};
