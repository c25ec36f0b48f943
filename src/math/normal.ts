/**
 * # The normal distribution, and the error function
 *
 *     φ(x) = e^(−x²/2)/√(2π),   Φ′ = φ,   Φ(−x) = 1 − Φ(x)
 *     erf′(x) = 2 e^(−x²)/√π,   erfc = 1 − erf
 *
 * Φ, erf(x)/x and erfc are local series. With f = φ and a = 1, or f = erf′ and a = 2, f′ = −a x f
 * gives the coefficients of f around c,
 *
 *     (n + 1) fₙ₊₁ = −a (c fₙ + fₙ₋₁)
 *
 * and those of its integral are fₙ₋₁/n. The integral at a centre comes from the series around the
 * one before it, from the left, where it is 0: so it is as exact as it is small.
 *
 * `fast` errs by less than 2⁻⁴³, `precise` by less than 2⁻⁵⁰: test/src/normal.test.ts.
 */
import { constant, type Expression } from '../kernel/expression.ts';
import { ONE, pi, exp as powerOf, powersOf, ratio, sqrt } from '../kernel/fixed.ts';
import { type Arithmetic, type Coefficients, fixed, type LocalSeries } from '../kernel/local.ts';
import { exp } from './exp.ts';
import { everywhere, type Range, seriesOn, slopeOf } from './gate.ts';

/** Centres are a 64th apart: the polynomials then need eight coefficients, and ten. */
const STEPS = 64;
const SHIFT = 6n;

const series = (name: string, range: Range, coefficients: Coefficients): LocalSeries =>
  seriesOn(name, range, STEPS, [7, 9], coefficients);

// Gaussians ---------------------------------------------------------------------------------------

interface Gaussian {
  readonly a: 1n | 2n;
  /** At 0. */
  readonly top: () => bigint;
}
const standard: Gaussian = { a: 1n, top: () => sqrt(ratio(ONE, 2n * pi())) };
const ofErf: Gaussian = { a: 2n, top: () => 2n * sqrt(ratio(ONE, pi())) };

/** f(k/STEPS) */
function densities({ a, top }: Gaussian): (k: number) => bigint {
  const minus = -(a * ONE) >> (2n * SHIFT);
  const at = powersOf(() => [top(), powerOf(minus >> 1n), powerOf(minus)]);
  return (k) => at(Math.abs(k));
}

/** The first coefficients of the density around k/STEPS. */
function densityAround<T>(density: T, k: number, a: bigint, count: number, by: Arithmetic<T>): T[] {
  const f = [density];
  for (let n = 0; n + 1 < count; n++) {
    const product = by.scale(f[n]!, k, STEPS);
    const sum = n > 0 ? by.plus(product, f[n - 1]!) : product;
    f.push(by.scale(sum, -Number(a), n + 1));
  }
  return f;
}

const integrated = <T>(f: readonly T[], { scale }: Arithmetic<T>): T[] =>
  f.map((c, n) => scale(c, 1, n + 1));

/** Left of −27 integrals are less than 2⁻⁵¹². */
const LEFT = -27 * STEPS;
/** So many terms leave out less than 2⁻¹⁸⁰ of the density at 1/STEPS. */
const NEXT = 26;

/** Coefficients of ∫ f from −∞, which is `whole` in the end. */
function integralOf(gaussian: Gaussian, whole: bigint): Coefficients {
  const density = densities(gaussian);
  const around = <T>(k: number, count: number, by: Arithmetic<T>): T[] =>
    densityAround(by.of(density(k)), k, gaussian.a, count, by);
  const lists = new Map<unknown, readonly unknown[]>();
  /** Up to 0. */
  const listIn = <T>(by: Arithmetic<T>): readonly T[] => {
    const rise = (k: number): T => {
      const f = integrated(around(k, NEXT, by), by);
      return by.scale(
        f.reduceRight((total, c) => by.plus(c, by.scale(total, 1, STEPS))),
        1,
        STEPS,
      );
    };
    return sums(
      Array.from({ length: -LEFT }, (_, i) => rise(LEFT + i)),
      by,
    );
  };
  const at = <T>(k: number, by: Arithmetic<T>): T => {
    if (k > 0) return by.plus(by.of(whole), by.scale(at(-k, by), -1, 1));
    const list = (lists.get(by) as readonly T[] | undefined) ?? listIn(by);
    lists.set(by, list);
    return list[k - LEFT]!;
  };
  return (k, count, by) => [at(k, by), ...integrated(around(k, count - 1, by), by)];
}

/** 0 and the sums of the first 1, 2, … terms; what an addition has lost is added to the next. */
function sums<T>(terms: readonly T[], { of, plus, scale }: Arithmetic<T>): T[] {
  let lost = of(0n);
  let total = of(0n);
  const minus = (x: T, y: T): T => plus(x, scale(y, -1, 1));
  const list = terms.map((term) => {
    const due = plus(term, lost);
    const next = plus(total, due);
    lost = minus(due, minus(next, total));
    total = next;
    return total;
  });
  return [of(0n), ...list];
}

const normalCoefficients = integralOf(standard, ONE);
const fromLeft = integralOf(ofErf, 2n * ONE);

/** erfc(x) = ∫ from −∞ to −x */
const erfcCoefficients: Coefficients = (k, count, by) =>
  fromLeft(-k, count, by).map((c, n) => by.scale(c, n % 2 ? -1 : 1, 1));

/**
 * Of erf(x)/x, where erf = ∫ − 1: with c qₙ + qₙ₋₁ = aₙ each loses six bits, which only
 * fixed-point numbers have to spare.
 */
function erfQuotient(k: number, count: number): bigint[] {
  const [first, ...rest] = fromLeft(k, count + 1, fixed);
  if (k === 0) return rest;
  const q: bigint[] = [];
  for (const a of [first! - ONE, ...rest.slice(0, -1)]) {
    q.push(((a - (q.at(-1) ?? 0n)) << SHIFT) / BigInt(k));
  }
  return q;
}

// Functions ---------------------------------------------------------------------------------------

/** Where Φ has left 0 and not reached 1: Φ(−15) < 2⁻¹⁶⁷ and Φ(−6) < 2⁻²⁹. */
const NORMAL: Range = [-15, 6];
/** Up to where a cotangent of 2¹²⁸ makes something of (x Φ(x))′, or of what it is beside 1. */
const SLOPE: Range = [-20, 7];
const ERF: Range = [-5, 5];
const ERFC: Range = [-5, 10.5];

export const normalSeries = series('normal', NORMAL, normalCoefficients);
export const slopeSeries = series('normalSlope', SLOPE, slopeOf(normalCoefficients, STEPS));
const erfSeries = series('erfQuotient', ERF, (k, count, by) => erfQuotient(k, count).map(by.of));
const erfcSeries = series('erfc', ERFC, erfcCoefficients);

/** Φ */
export const normal = (x: Expression, precise: boolean): Expression =>
  everywhere(normalSeries, x, precise);

/** Beyond, φ is less than 2⁻²⁸⁹. */
const FAR = 20;
/** 1/√(2π) */
const TOP = [0.3989422804014327, -2.49232720227773e-17] as const;
/** φ: x² is exact for float32. */
export function density(x: Expression, precise: boolean): Expression {
  const near = x.min(FAR).max(-FAR);
  return exp(near.times(near).times(-0.5), precise).times(constant(...TOP));
}

/** erf */
export const erf = (x: Expression, precise: boolean): Expression =>
  everywhere(erfSeries, x, precise).times(x.max(ERF[0]).min(ERF[1]));

/** erfc */
export const erfc = (x: Expression, precise: boolean): Expression =>
  everywhere(erfcSeries, x, precise);
