/** # Products and sums in float64 */

/** a·x, where a coefficient of zero silences even an infinite x: the limit of 0·x is 0. */
export const scaled = (a: number, x: number): number =>
  a === 0 && Math.abs(x) === Infinity ? 0 : a * x;

/** A sum on its way: the rounding error of each addition is added up apart (Neumaier). */
export interface Total {
  readonly add: (x: number) => void;
  readonly value: () => number;
}

export function newTotal(): Total {
  let total = 0;
  let lost = 0;
  return {
    add(x) {
      const next = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
      total = next;
    },
    value: () => (Number.isFinite(total) ? total + lost : total),
  };
}

/** Many of them, by their number. */
export interface Totals {
  readonly add: (i: number, x: number) => void;
  readonly value: (i: number) => number;
}

export function newTotals(count: number): Totals {
  const totals = new Float64Array(count);
  const lost = new Float64Array(count);
  return {
    add(i, x) {
      const total = totals[i]!;
      const next = total + x;
      lost[i]! += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
      totals[i] = next;
    },
    value: (i) => (Number.isFinite(totals[i]) ? totals[i]! + lost[i]! : totals[i]!),
  };
}

/** The same of n terms, as two numbers. */
export function longSum(n: number, term: (i: number) => number): readonly [number, number] {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const x = term(i);
    const next = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return Number.isFinite(total) ? [total, lost] : [total, 0];
}

/** Σ, rounded nearly once. */
export function sum(n: number, term: (i: number) => number): number {
  const [high, low] = longSum(n, term);
  return high + low;
}
