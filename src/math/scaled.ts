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
