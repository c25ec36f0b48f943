/**
 * # The complementary error function, and the normal distribution
 *
 *     erfc(x) = 1 − erf(x) = 2/√π ∫ₓ^∞ e^(−t²) dt
 *
 * Claim     In p digits, nearly all of them are right; in intervals, enclosed.
 * Method    0 ≤ x² < p/24: 1 − erf(x) by a series of positive terms, whose rest is less than the last
 *           term. The subtraction loses x²/ln 10 digits, at most p/55.
 *           x² ≥ p/24: n steps of the continued fraction. Its elements are positive, so the part that
 *           is cut off lies between x and x + k/(2x), and each step narrows that. The error of n
 *           steps is about e^(−2x√(2n)), hence n = (p ln 10)²/(8x²), which is at most 16p.
 */
import { exp, pi, type Real, real, sqrt } from './functions.ts';
import { arithmetic } from './real.ts';

/** Where the two methods take about equally long. */
const SERIES = 24;

export const erfc = (x: Real): Real =>
  x.through(
    (x) => (x.sign() < 0 ? real(2).minus(rightHalf(x.neg())) : rightHalf(x)),
    (x) => exp(x.squared().neg()).times(-2).div(sqrt(pi())),
  );

const rightHalf = (x: Real): Real =>
  x.squared().times(SERIES).lt(arithmetic().digits) ? real(1).minus(erfSeries(x)) : fraction(x);

/** erf(x) = 2x/√π · e^(−x²) · Σₙ (2x²)ⁿ / (1·3·5⋯(2n+1)) */
function erfSeries(x: Real): Real {
  const q = x.squared().times(2);
  const tiny = real(`1e-${arithmetic().digits + 3}`);
  let term = real(1);
  let total = term;
  // The next ratio is q / (n + 2). Once it is below ½, all terms to come add up to less than the last.
  for (let n = 1; q.gt(n / 2 + 1) || term.gt(total.times(tiny)); n += 2) {
    term = term.times(q).div(n + 2);
    total = total.plus(term);
  }
  const series = total.between(total.plus(term));
  return x.times(2).div(sqrt(pi())).times(exp(x.squared().neg())).times(series);
}

/** erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + 2/(x + ⋯))))) */
function fraction(x: Real): Real {
  const steps = stepsFor(x.squared());
  let tail = x.between(x.plus(real(steps + 1).div(x.times(2))));
  for (let k = steps; k > 0; k--) tail = x.plus(real(k).div(tail.times(2)));
  return exp(x.squared().neg()).div(tail.times(sqrt(pi())));
}

/** How many steps are worth while at x²: of each power of two, what its smallest number needs. */
function stepsFor(square: Real): number {
  const most = (arithmetic().digits * Math.LN10) ** 2 / 8;
  let floor = arithmetic().digits / SERIES;
  while (square.gt(2 * floor) && most / floor > 8) floor *= 2;
  return Math.ceil(most / floor);
}

/** Φ(x), the probability that a standard normal variable is below x. */
export const normal = (x: Real): Real => erfc(x.neg().div(sqrt(2))).div(2);

/** φ(x) = Φ′(x) = e^(−x²/2) / √(2π) */
export const normalDensity = (x: Real): Real => exp(x.squared().div(-2)).div(sqrt(pi().times(2)));
