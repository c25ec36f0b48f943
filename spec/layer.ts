/**
 * # Linear layers under a loss
 *
 * Logits are never rounded: a logit is the list of the products that it is the sum of.
 */
import { logSumExp, type Real, sum } from './functions.ts';
import type { Addends } from './op.ts';

/** W x + b, one list for each row of W. */
export const products = (
  x: readonly Real[],
  W: readonly (readonly Real[])[],
  b: readonly Real[] = [],
): readonly Addends[] =>
  W.map((row, c) => [...row.map((w, d) => w.times(x[d]!)), ...b.slice(c, c + 1)]);

/** −ln softmax_c for every class, as the sum of products and what is left. */
export function surprises(logits: readonly Addends[]): readonly Addends[] {
  const sums = logits.map(sum);
  const { m, rest } = logSumExp(sums);
  const top = logits[sums.indexOf(m)]!;
  return logits.map((own) => [...top, ...own.map((a) => a.neg()), rest]);
}
