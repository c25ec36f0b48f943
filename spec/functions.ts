/** # The functions that formulas are made of */
import { arithmetic, type Exact, Real, real } from './real.ts';

export { type Exact, Real, real };

export const log = (x: Exact): Real => real(x).log();

/** e^x. Formulas keep x ≤ 0: there it cannot overflow, and every formula can be written so. */
export const exp = (x: Exact): Real => real(x).exp();

/** Beyond e^10000 no format has a number: from there on this stands for e^x, which is larger. */
const HUGE = 10_000;
const BEYOND = '1e4342';

const isPositive = (x: Real): boolean => x.sign() > 0 && x.isFinite();

/** e^x of any x. */
export const power = (x: Real): Real => x.through(powerOf, powerOf);

const powerOf = (x: Real): Real =>
  isPositive(x) ? (x.lt(HUGE) ? real(1).div(exp(x.neg())) : real(BEYOND)) : exp(x);

export const log1p = (x: Real): Real => x.log1p();
export const expm1 = (x: Real): Real => x.expm1();

export const sqrt = (x: Exact): Real => real(x).sqrt();
export const pi = (): Real => arithmetic().pi();

export const abs = (x: Real): Real => (x.sign() < 0 ? x.neg() : x);

/** |x| with the slope 0 at 0, as a loss has it; −1, 0 and 1 are the slopes, and NaN that of NaN. */
export function magnitude(x: Real): Real {
  const sign = x.sign();
  if (sign > 0) return x;
  return sign < 0
    ? x.neg()
    : x.through(
        () => real(sign),
        () => real(sign),
      );
}

export const isNan = (x: Real): boolean => Number.isNaN(x.sign());

/** +∞ */
export const isTop = (x: Real): boolean => x.sign() > 0 && !x.isFinite();

export const isAt = (x: Real, y: Exact): boolean => x.minus(y).sign() === 0;

/** 0 times ±∞: what `scaled` makes 0 of, and IEEE NaN. */
export const isSilenced = (a: Real, x: Real): boolean =>
  a.sign() === 0 && (isTop(x) || isTop(x.neg()));

/** The larger one, the first of equals; NaN if either is. */
export const max = (x: Real, y: Exact): Real =>
  isNan(x) ? x : isNan(real(y)) || x.lt(y) ? real(y) : x;

/** The smaller one, the first of equals; NaN if either is. */
export const min = (x: Real, y: Exact): Real =>
  isNan(x) ? x : isNan(real(y)) || x.gt(y) ? real(y) : x;

export const sum = (xs: readonly Real[]): Real => xs.reduce((total, x) => total.plus(x), real(0));

/**
 * a · x, where a coefficient of zero silences even an infinite x: the limit of 0 · x is 0. The slope
 * in a is still x.
 */
export function scaled(a: Real, x: Real): Real {
  if (x.isFinite() || isNan(x) || a.sign() !== 0) return a.times(x);
  const slope = x.sign() * Infinity;
  return a.through(
    () => real(0),
    () => real(slope),
  );
}

/** w · x for a weight: one of zero silences an infinite x and an infinite slope. */
export const weighted = (w: Real, x: Real): Real =>
  w.sign() === 0 && !isNan(x) ? real(0) : w.times(x);

/**
 * w · f(x), where a weight of zero silences an infinite f and its slope: that is 0 then, and not
 * absent, as a mean over weights that add up to 0 has the slope 0/0.
 */
export const weigh = (w: Real, x: Real, f: (x: Real) => Real): Real =>
  w.sign() === 0 && !isNan(x)
    ? x.through(
        () => real(0),
        () => real(0),
      )
    : w.times(f(x));

/** Σ aᵢ xᵢ, in the sense of `scaled`. */
export const dot = (a: readonly Real[], x: readonly Real[]): Real =>
  sum(a.map((ai, i) => scaled(ai, x[i]!)));

/** Further left 1 / e^x may be beyond float64. */
const LEFT = -512;

/**
 * σ(x) = 1 / (1 + e^−x), where e^−x is 1 / e^x left of 0: of an enclosure that occurs once nothing is lost.
 * Far to the left, and at −∞, it is e^x / (e^x + 1).
 */
export function sigmoid(x: Real): Real {
  if (!(x.sign() < 0)) return real(1).div(exp(x.neg()).plus(1));
  const e = exp(x);
  return x.gt(LEFT) ? real(1).div(real(1).div(e).plus(1)) : e.div(e.plus(1));
}

/** tanh x = −m / (m + 2) for x ≥ 0, where m = e^−2x − 1; odd. */
export function tanh(x: Real): Real {
  if (x.sign() < 0) return tanh(x.neg()).neg();
  const m = expm1(x.times(-2));
  return m.neg().div(m.plus(2));
}

/** log(1 + e^x) */
export const softplus = (x: Real): Real =>
  x.sign() < 0 ? log1p(exp(x)) : x.plus(log1p(exp(x.neg())));

/** log(1 + e^x) = up + bend and log(1 + e^−x) = down + bend, where up = max(x, 0), down = max(−x, 0). */
export const softplusParts = (x: Real): { readonly [part in 'up' | 'down' | 'bend']: Real } =>
  x.sign() < 0
    ? { up: real(0), down: x.neg(), bend: log1p(exp(x)) }
    : { up: x, down: real(0), bend: log1p(exp(x.neg())) };

/** The first largest element; −∞ if there is none. */
export const largest = (x: readonly Real[]): Real =>
  x.length > 0 ? x.reduce(max) : real(-Infinity);

/**
 * log Σ e^(xᵢ) = m + log(1 + Σ e^(xᵢ − m)), where m is the largest and is left out of the sum.
 * The parts are given apart, because xᵢ − m − rest keeps digits that xᵢ − (m + rest) loses.
 */
export function logSumExp(x: readonly Real[]): { readonly m: Real; readonly rest: Real } {
  const m = largest(x);
  const others = x.toSpliced(x.indexOf(m), 1).map((xi) => exp(xi.minus(m)));
  // m − m is 0, and NaN when m is infinite: then the whole row has no softmax.
  const rest = log1p(sum(others).plus(m.minus(m)));
  return { m, rest };
}

/** log softmax(x)ᵢ = xᵢ − log Σ e^(xⱼ) */
export const logSoftmax = (x: readonly Real[]): readonly Real[] => {
  const { m, rest } = logSumExp(x);
  return x.map((xi) => xi.minus(m).minus(rest));
};

/** e^(xᵢ) / Σ e^(xⱼ) */
export const softmax = (x: readonly Real[]): readonly Real[] => {
  const m = largest(x);
  const powers = x.map((xi) => exp(xi.minus(m)));
  const total = sum(powers);
  return powers.map((power) => power.div(total));
};
