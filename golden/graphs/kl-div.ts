/**
 * # Kullback–Leibler divergence
 *
 *     t (ln t − x), 0 where t = 0;  with logTarget eᵗ (t − x)
 */
import { type Composition, reduced } from './composition.ts';
import { exp, greater, input, log, mul, real, sub, where } from './expression.ts';

export const klDiv: Composition = (asked) => {
  const x = input('input');
  const t = input('target');
  if (asked.params.logTarget === true) return reduced(mul(exp(t), sub(t, x)), asked);
  return reduced(where(greater(t, real(0)), mul(t, sub(log(t), x)), real(0)), asked);
};
