/**
 * # What softmax, log-softmax, log-sum-exp and cross-entropy share
 *
 *     m = max x,   e = e^(x − m),   total = Σ e,   rest = total without one maximum
 *     ln Σ eˣ = m + ln(1 + rest)
 *
 * `rest` is total − 1 unless that cancels; then the maximum is alone above ½ and is left out of a
 * second sum, so that CE([18, 0], 0) is 1.5229980e−8 and not 0.
 *
 * Gradients that are differences take `cancelling`, with the exponential of exp.ts, which errs by
 * 2⁻⁴³ and costs a fifth more.
 *
 * Errors: each e errs by less than 2⁻³¹·⁹ of itself (exp-row.ts), hence so do sums of them; what
 * adding n < 2²⁰ numbers rounds off is below 2⁻³⁴ (rows/language.ts), and total − 1 multiplies that
 * by no more than 1/LEAST, the maximum itself being exactly 1.
 */
import type { Expression } from '../kernel/expression.ts';
import { kept, largest, sum } from '../kernel/rows/language.ts';
import { exp } from './exp.ts';
import { expRow, FLOOR } from './exp-row.ts';
import { log1p } from './log1p.ts';

/** For a row of 1000, 2⁻⁴⁵ of the sum is then 2⁻³⁷ of the rest. */
const LEAST = 2 ** -8;

export function logSumExp(x: Expression, use: 'plain' | 'cancelling' = 'plain') {
  const m = largest(x);
  const power = use === 'plain' ? expRow : (y: Expression) => exp(y.max(FLOOR).ahead(), false);
  const e = kept(power(x.minus(m)));
  const total = sum(e);
  const withoutMaximum = sum(e.ifLess(0.5, e, 0));
  const rest = total.minus(1).ifLess(LEAST, withoutMaximum, total.minus(1));
  /** total − eᵢ; only a maximum has eᵢ = 1, and any other is far enough from the total. */
  const others = e.ifLess(1, total.minus(e), rest);
  return { m, e, power, total, rest, others, log: log1p(rest, false) };
}
