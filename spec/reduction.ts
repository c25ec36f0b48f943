/**
 * # Reductions
 *
 *     none   value₁, value₂, …
 *     sum    Σ value
 *     mean   Σ (value / parts) / Σ weight
 *
 * where a term has one part unless the definition says otherwise; and what a loss declares itself,
 * such as `batchmean`: Σ value / (length of the first axis). An empty `sum` is 0 and an empty `mean`
 * is 0/0 = NaN. Both are part of the specification.
 */
import { type Real, real, sum } from './functions.ts';
import type { Reductions, Term } from './op.ts';

export function reduce(
  terms: readonly Term[],
  reduction: string,
  own: Reductions,
  shape: readonly number[],
): readonly Real[] {
  if (reduction === 'none') return terms.map((t) => t.value);
  const total = sum(terms.map((t) => partOf(t, reduction)));
  return reduction === 'sum' ? [total] : [total.div(denominator(terms, reduction, own, shape))];
}

const partOf = ({ value, parts }: Term, reduction: string): Real =>
  reduction === 'mean' && parts !== undefined ? value.div(parts) : value;

/** What `reduce` divides the sum by. */
export const denominator = (
  terms: readonly Term[],
  reduction: string,
  own: Reductions,
  shape: readonly number[],
): Real => {
  if (reduction === 'none' || reduction === 'sum') return real(1);
  const divisor = own[reduction];
  return divisor ? real(divisor(shape)) : sum(terms.map((t) => t.weight));
};
