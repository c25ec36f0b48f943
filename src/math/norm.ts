/**
 * # ‖u − v + eps‖_p of vectors of float32, and what it takes to compare such numbers
 *
 * Components are rounded once. Where p is 1, 2 or ∞, or there is one component, the norm is a root or a
 * sum of exact numbers and a difference of norms has its right sign. For another p it is that of the
 * components, paired by size, times slopes: within 2⁻⁴⁷ of the sum of their sizes.
 */
import type { Fraction } from '../kernel/fraction.ts';
import { exactSum, minus } from './exact-sum.ts';
import { exp, expm1, log, log1p } from './float64.ts';
import { ofSquares, whole } from './root-sum.ts';
import { sum } from './scaled.ts';

type Vector = ArrayLike<number>;

/** A vector by its components, each a sum of exact numbers. */
export interface Apart {
  readonly u: readonly number[];
  readonly exact: readonly (readonly number[])[];
}
export function apart(u: Vector, v: Vector, eps: number): Apart {
  const exact = Array.from(u, (x, i) => [x, -v[i]!, eps]);
  return { u: exact.map(exactSum), exact };
}

/** x^p for x ≥ 0 */
const raised = (x: number, p: number): number => (x === 0 ? 0 : exp(p * log(x)));

const largestOf = (u: readonly number[]): number => u.reduce((m, x) => Math.max(m, Math.abs(x)), 0);

export function norm({ u }: Apart, p: number): number {
  const m = largestOf(u);
  if (p === 1) return sum(u.length, (i) => Math.abs(u[i]!));
  if (p === Infinity || m === 0 || !Number.isFinite(m)) return m;
  if (p === 2) return Math.sqrt(sum(u.length, (i) => u[i]! * u[i]!));
  return m + m * excess(u, p);
}

/** ‖u‖ / max |uᵢ| − 1, which keeps its digits where one component outweighs the others. */
function excess(u: readonly number[], p: number): number {
  const m = largestOf(u);
  const at = u.findIndex((x) => Math.abs(x) === m);
  const rest = sum(u.length, (i) => (i === at ? 0 : raised(Math.abs(u[i]!) / m, p)));
  return expm1(log1p(rest) / p);
}

export function normSlopes(parts: Apart, p: number): readonly number[] {
  const { u } = parts;
  const d = norm(parts, p);
  if (p === 1) return u.map(Math.sign);
  if (d === 0 || !Number.isFinite(d)) return u.map((x) => (Number.isFinite(x) ? 0 : Math.sign(x)));
  if (p === 2) return u.map((x) => x / d);
  if (p < Infinity) return u.map((x) => Math.sign(x) * raised(Math.abs(x) / d, p - 1));
  const isLargest = areLargest(parts);
  const count = isLargest.filter(Boolean).length;
  return u.map((x, i) => (isLargest[i] ? Math.sign(x) / count : 0));
}

const sizeOf = (parts: readonly number[]): readonly number[] =>
  exactSum(parts) < 0 ? parts.map((x) => -x) : parts;
const areLargest = ({ exact }: Apart): readonly boolean[] => {
  const sizes = exact.map(sizeOf);
  const m = sizes.reduce((a, b) => (minus(b, a) > 0 ? b : a));
  return sizes.map((size) => !(minus(m, size) > 0));
};

/** A norm as a sum of exact numbers, and of what the largest component lacks of it. */
function addendsOf(parts: Apart, p: number): readonly number[] {
  const { exact, u } = parts;
  if (p === 1 || exact.length < 2) return exact.flatMap(sizeOf);
  const largest = sizeOf(exact[areLargest(parts).indexOf(true)]!);
  const m = largestOf(u);
  return p === Infinity || m === 0 ? largest : [...largest, m * excess(u, p)];
}

const bySize = ({ exact }: Apart) => exact.map(sizeOf).sort(minus);

/** (x/m)^p − (y/m)^p for x and y ≥ 0, given x − y. */
function differenceOfPowers(x: number, y: number, apart: number, m: number, p: number): number {
  const power = raised(y / m, p);
  if (Math.abs(apart) * 2 * p < y) return power * expm1(p * log1p(apart / y));
  return raised(x / m, p) - power;
}

/** (‖x‖/‖y‖)^p − 1 */
function excessOver(x: Apart, y: Apart, p: number): number {
  const m = largestOf(y.u);
  const [a, b] = [bySize(x), bySize(y)];
  const parts = a.map((own, i) =>
    differenceOfPowers(exactSum(own), exactSum(b[i]!), minus(own, b[i]!), m, p),
  );
  return exactSum(parts) / sum(y.u.length, (i) => raised(Math.abs(y.u[i]!) / m, p));
}

/** ‖x‖ − ‖y‖ + margin for p ≠ 2. */
export function differenceOf(x: Apart, y: Apart, p: number, margin: number): number {
  if (1 < p && p < Infinity && y.u.length > 1 && largestOf(y.u) > 0) {
    const excess = excessOver(x, y, p);
    // Far from each other norms are as good as their difference.
    if (Math.abs(excess) < 0.5) return norm(y, p) * expm1(log1p(excess) / p) + margin;
  }
  return minus([...addendsOf(x, p), margin], addendsOf(y, p));
}

/** The sum of the squares of the components, exactly. */
export function squareOf({ exact }: Apart): Fraction {
  let total = 0n;
  for (const parts of exact) {
    const x = parts.reduce((all, part) => all + whole(part), 0n);
    total += x * x;
  }
  return ofSquares(total);
}
