/**
 * # The gate of gelu's tanh approximation
 *
 *     σ(w),   w = 2 √(2/π) (x + 0.044715 x³)
 *
 * As local series. With s = σ(w) and t = 1 − s, s′ = w′ s t gives the coefficients around c,
 *
 *     (n + 1) sₙ₊₁ = Σ w′ⱼ (s t)ₙ₋ⱼ,   tₙ₊₁ = −sₙ₊₁
 *
 * where w′ has three. At centres σ comes from e^−|w|, the power of a cubic polynomial. The nearest
 * poles are more than 1 from the real numbers, so the series converge like 64⁻ⁿ at least.
 */
import { exp, ONE, pi, powersOf, ratio, sqrt } from '../kernel/fixed.ts';
import { type Arithmetic, type Coefficients, fixed } from '../kernel/local.ts';
import { seriesOn, slopeOf } from './gate.ts';

/** Centres are a 64th apart. */
const STEPS = 64;
const SHIFT = 6n;

/** 0.044715 is n/d. */
const CUBIC = [44715, 1_000_000] as const;
/** 2 √(2/π) */
const linear = once(() => sqrt(ratio(8n * ONE, pi())));

/** e^−|w| at k/STEPS: differences of w at 0 are w(1/STEPS), and twice w‴/STEPS³. */
const powers = powersOf(() => {
  const [n, d] = CUBIC.map(BigInt) as [bigint, bigint];
  const cube = (linear() * n) / (d << (3n * SHIFT));
  const first = (linear() >> SHIFT) + cube;
  return [ONE, exp(-first), exp(-6n * cube), exp(-6n * cube)];
});

function once<T>(compute: () => T): () => T {
  let found: T | undefined;
  return () => (found ??= compute());
}

const gate: Coefficients = <T>(k: number, count: number, by: Arithmetic<T>): T[] => {
  const { of, plus, scale, times } = by;
  const [n, d] = CUBIC;
  const a = of(linear());
  const slopes = [
    plus(a, scale(a, 3 * n * k * k, d * STEPS ** 2)),
    scale(a, 6 * n * k, d * STEPS),
    scale(a, 3 * n, d),
  ];
  const z = powers(Math.abs(k));
  const [least, most] = [of(ratio(z, ONE + z)), of(ratio(ONE, ONE + z))];
  const [s, t]: [T[], T[]] = k < 0 ? [[least], [most]] : [[most], [least]];
  const sum = (list: readonly T[]): T => list.reduce((x, y) => plus(x, y));
  const products: T[] = [];
  for (let i = 0; i + 1 < count; i++) {
    products.push(sum(s.map((c, j) => times(c, t[i - j]!))));
    const terms = slopes.slice(0, i + 1).map((c, j) => times(c, products[i - j]!));
    const next = scale(sum(terms), 1, i + 1);
    s.push(next);
    t.push(scale(next, -1, 1));
  }
  return s;
};

const slopeOfGate = slopeOf(gate, STEPS);
/** The first coefficient is a difference where the slope is near 0: it is not left to float64. */
const slope: Coefficients = (k, count, by) => [
  by.of(slopeOfGate(k, 1, fixed)[0]!),
  ...slopeOfGate(k, count, by).slice(1),
];

/** e^w(−11) < 2⁻¹⁶², e^−w(6) < 2⁻³⁵; e^w(−14) < 2⁻³¹³ leaves room for a cotangent. */
export const gateSeries = seriesOn('geluTanh', [-11, 6], STEPS, [8, 9], gate);
export const gateSlopeSeries = seriesOn(
  ...(['geluTanhSlope', [-14, 7], STEPS, [9, 11]] as const),
  slope,
);
