/**
 * # One class against all others
 *
 *     z = x_y − ln Σ_(k ≠ y) e^(x_k)
 *     p_y = softmax(x)_y = σ(z),   1 − p_y = σ(−z),   −ln p_y = ln(1 + e^−z)
 *
 * A loss of p_y is a function of z, in which nothing is lost where p_y is next to 1. With every
 * other class masked z is ∞; a row that has no softmax has no z.
 */
import {
  exp,
  largest,
  logSumExp,
  type Real,
  real,
  scaled,
  softmax,
  softplus,
  sum,
} from './functions.ts';
import { classes, reals, weights } from './input.ts';
import type { Addends } from './op.ts';
import { integer } from './param.ts';

/** Logits, a class of each sample, and weights of the classes, as cross-entropy has them. */
export const classified = {
  input: reals('N? C *', { exact: () => [-256, -128, 0, 128, 256] }),
  target: classes('N? *', { count: 'C', unless: 'ignoreIndex' }),
  weight: weights('C'),
};
export const ignoring = { ignoreIndex: integer({ default: -100 }) };

const others = (x: readonly Real[], y: number): readonly Real[] => x.toSpliced(y, 1);

export function margin(x: readonly Real[], y: number): Real {
  if (!largest(x).isFinite()) return sum(x).times(NaN);
  const { m, rest } = logSumExp(others(x, y));
  return m.isFinite() ? x[y]!.minus(m).minus(rest) : sum(x.map(silent)).plus(Infinity);
}

/** 0 with the slope 0: a number that matters only beside others. */
const silent = (x: Real): Real =>
  x.through(
    () => real(0),
    () => real(0),
  );

/** w · ℓ. A weight of 0 silences an infinite loss, but not what it is a loss of. */
export const weighed = (w: Real, value: Real, x: readonly Real[]): Real =>
  value.isFinite() ? w.times(value) : scaled(w, value).plus(sum(x.map(silent)));

/** (1 − p_y)^γ */
export const focus = (z: Real, gamma: Real): Real => exp(scaled(gamma, softplus(z)).neg());

/** −ln p_y as a sum. */
export function surpriseParts(x: readonly Real[], y: number): Addends {
  const { m, rest } = logSumExp(x);
  return [m.minus(x[y]!), rest];
}

/** From addends of the slope in z to those in x: ∂z/∂x_y = 1, and −softmax of the others. */
export function slopesOf(x: readonly Real[], y: number, slope: Addends): readonly Addends[] {
  if (!largest(x).isFinite()) return x.map(() => [real(NaN)]);
  const rest = others(x, y);
  const shares = largest(rest).isFinite() ? softmax(rest) : rest.map(() => real(0));
  return x.map((_, j) => {
    if (j === y) return slope;
    const share = shares[j < y ? j : j - 1]!.neg();
    return slope.map((a) => a.times(share));
  });
}
