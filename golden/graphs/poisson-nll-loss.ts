/**
 * # Poisson NLL loss
 *
 *     eˣ − t x, or x − t ln(x + eps);  with full, where t > 1, also t ln t − t + ½ ln 2πt
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import {
  add,
  div,
  exp,
  greater,
  input,
  log,
  max,
  mul,
  real,
  sub,
  type Term,
  where,
} from './expression.ts';

/** Elsewhere of t = 1, which has a logarithm. */
function stirling(t: Term): Term {
  const far = max(t, real(1));
  const root = div(log(mul(real(2 * Math.PI), far)), real(2));
  const terms = add(sub(mul(far, log(far)), far), root);
  return where(greater(t, real(1)), terms, real(0));
}

export const poissonNllLoss: Composition = (asked) => {
  const { logInput, full } = asked.params;
  const [x, t] = [input('input'), input('target')];
  const eps = real(numberIn(asked, 'eps'));
  const rate = logInput === true ? exp(x) : x;
  const logarithm = logInput === true ? x : log(add(x, eps));
  // 0 ln 0 is 0.
  const product = where(greater(mul(t, t), real(0)), mul(t, logarithm), real(0));
  const terms = sub(rate, product);
  return reduced(full === true ? add(terms, stirling(t)) : terms, asked);
};
