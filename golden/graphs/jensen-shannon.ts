/**
 * # Jensen–Shannon divergence
 *
 *     ½ Σ (p ln(2p/(p + q)) + q ln(2q/(p + q))) along the last axis, 0 ln 0 being 0
 */
import { type Composition, rankOf, reduced } from './composition.ts';
import {
  add,
  div,
  greater,
  input,
  log,
  mul,
  real,
  sumOver,
  type Term,
  where,
} from './expression.ts';

export const jensenShannon: Composition = (asked) => {
  const [p, q] = [input('input'), input('target')];
  const mixture = div(add(p, q), real(2));
  const part = (x: Term): Term => where(greater(x, real(0)), mul(x, log(div(x, mixture))), real(0));
  const terms = div(add(part(p), part(q)), real(2));
  return reduced(sumOver(terms, rankOf(asked, 'input') - 1), asked);
};
