/**
 * # The normal distribution, and the error function
 *
 *     φ(x) = e^(−x²/2)/√(2π),   Φ′ = φ,   Φ(−x) = 1 − Φ(x)
 *     erf′(x) = 2 e^(−x²)/√π,   erfc = 1 − erf
 *
 * All by local series. With f = φ and a = 1, or f = erf′ and a = 2, f′ = −a x f gives the
 * coefficients of f around c,
 *
 *     (n + 1) fₙ₊₁ = −a (c fₙ + fₙ₋₁)
 *
 * and those of its integral are fₙ₋₁/n. Values at the centres come from the same series, one centre
 * after the other, from 0 in both directions: to 2⁻⁵⁰⁰, also where Φ is 2⁻²⁹².
 */
import { ONE, pi, sqrt } from '../kernel/fixed.ts';
import type { LocalSeries } from '../kernel/local.ts';

/** Centres of all are a 64th apart. */
const STEPS = 64;
const SHIFT = 6n;

interface Gaussian {
  readonly a: 1n | 2n;
  /** The density at k/STEPS, and its integral. */
  readonly at: (k: number) => { readonly density: bigint; readonly integral: bigint };
}

/** The first coefficients of the density around k/STEPS. */
function densityAround(k: number, density: bigint, a: bigint, count: number): bigint[] {
  const f = [density];
  for (let n = 0; n + 1 < count; n++) {
    const sum = ((BigInt(k) * f[n]!) >> SHIFT) + (f[n - 1] ?? 0n);
    f.push((-a * sum) / BigInt(n + 1));
  }
  return f;
}

const integrated = (f: readonly bigint[], constant: bigint): bigint[] => [
  constant,
  ...f.map((c, n) => c / BigInt(n + 1)),
];

/** At h = ±1/STEPS. */
const sumAt = (coefficients: readonly bigint[], sign: 1 | -1): bigint =>
  coefficients.reduceRight((total, c) => c + BigInt(sign) * (total >> SHIFT), 0n);

/** 68 terms leave out less than 2⁻⁵⁰⁰ of the density at 0. */
const MARCH = 62;

function gaussian(a: 1n | 2n, density: () => bigint, integral: bigint): Gaussian {
  const sides = new Map([1, -1].map((sign) => [sign, [] as ReturnType<Gaussian['at']>[]]));
  return {
    a,
    at(k) {
      const sign = k < 0 ? -1 : 1;
      const list = sides.get(sign)!;
      if (list.length === 0) list.push({ density: density(), integral });
      while (list.length <= Math.abs(k)) {
        const last = list.at(-1)!;
        const f = densityAround(sign * (list.length - 1), last.density, a, MARCH);
        list.push({
          density: sumAt(f, sign),
          integral: sumAt(integrated(f, last.integral), sign),
        });
      }
      return list[Math.abs(k)]!;
    },
  };
}

const standard = gaussian(1n, () => sqrt((ONE * ONE) / (2n * pi)), ONE / 2n);
export const ofErf = gaussian(2n, () => 2n * sqrt((ONE * ONE) / pi), 0n);

const series = (
  name: string,
  [from, to]: readonly [number, number],
  coefficients: LocalSeries['coefficients'],
): LocalSeries => ({
  name,
  steps: STEPS,
  from: from * STEPS,
  to: to * STEPS,
  coefficients,
});

const integral =
  ({ a, at }: Gaussian): LocalSeries['coefficients'] =>
  (k, count) => {
    const { density, integral } = at(k);
    return integrated(densityAround(k, density, a, count - 1), integral);
  };

/** Φ: below −15 it is less than 2⁻¹⁶⁵, above 6 more than 1 − 2⁻²⁹. */
export const NORMAL = [-15, 6] as const;
export const normal = series('normal', NORMAL, integral(standard));

/** (x g(x))′ */
export const slopeOf = (
  name: string,
  { steps, coefficients }: LocalSeries,
  [from, to]: readonly [number, number],
): LocalSeries => ({
  name,
  steps,
  from: from * steps,
  to: to * steps,
  coefficients(k, count) {
    const a = coefficients(k, count + 1);
    return a
      .slice(1)
      .map((next, n) => (BigInt(n + 1) * BigInt(k) * next) / BigInt(steps) + BigInt(n + 1) * a[n]!);
  },
});
