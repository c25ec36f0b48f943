/**
 * # 1.5-entmax
 *
 *     yᵢ = rᵢ²,   rᵢ = (kvᵢ − Σvⱼ + E)/2k,   E² = k (4 − Σ(vⱼ − mean)²),   vⱼ = xⱼ − min_S x
 *        = (4 − Σ(xⱼ − xᵢ)²)/2(E − kvᵢ + Σvⱼ)   where the first would cancel
 *     Σⱼ uⱼ ∂yⱼ/∂xᵢ = rᵢ (uᵢ − Σ rⱼ uⱼ/Σ rⱼ)
 *
 * sums over the support S of k elements. An element is in S where Σ (xⱼ − xᵢ)² < 4 over all larger
 * ones; where float64 is too close to 4 to tell, the sum is exact. All v lie in [0, 2] and Σv² < 4, so
 * that sums of v² err by a few 2⁻⁵³ of 4; E² is at least 4, and errs by k·2⁻⁵⁰.
 */
import { type Exact, numberOf, plusAll, signOf, squareOfDifference } from '../math/exact-sum.ts';
import { scaled, sum } from '../math/scaled.ts';
import { firstLargest, rowFunction } from '../row-function.ts';

/** Beside 4, and above the errors of sums in float64 by a factor of 2³⁰. */
const CLOSE = 2 ** -16;

/** 4 − Σ(xⱼ − xᵢ)² over some elements, exactly. */
const roomAt = (x: Float64Array, i: number, over: readonly number[]): Exact =>
  over.reduce<Exact>(
    (room, j) =>
      plusAll(
        room,
        squareOfDifference(x[j]!, x[i]!).map((part) => -part),
      ),
    [4],
  );

/** Indices of the support, falling; none if the row has no entmax. */
function supportOf(x: Float64Array): readonly number[] {
  const m = x[firstLargest(x)] ?? NaN;
  if (!Number.isFinite(m)) return [];
  const near = Array.from(x.keys()).filter((i) => m - x[i]! <= 2);
  near.sort((i, j) => x[j]! - x[i]!);
  // Σ(xⱼ − xᵢ) and Σ(xⱼ − xᵢ)² over the k larger ones: sums of positive numbers.
  let [first, second, k] = [0, 0, 0];
  for (; k < near.length; k++) {
    const gap = x[near[k - 1] ?? near[0]!]! - x[near[k]!]!;
    second += 2 * gap * first + k * gap * gap;
    first += k * gap;
    const isClose = Math.abs(second - 4) < CLOSE;
    const isOut = isClose ? signOf(roomAt(x, near[k]!, near.slice(0, k))) <= 0 : second > 4;
    if (isOut) break;
  }
  return near.slice(0, k);
}

/** r for every element; NaN throughout if the row has no entmax. */
function roots(x: Float64Array): Float64Array {
  const support = supportOf(x);
  const k = support.length;
  const r = new Float64Array(x.length).fill(k > 0 ? 0 : NaN);
  const least = x[support[k - 1]!]!;
  const total = (f: (v: number) => number) => sum(k, (j) => f(x[support[j]!]! - least));
  const first = total((v) => v);
  const second = total((v) => v * v);
  const e = Math.sqrt(k * (4 - total((v) => (v - first / k) ** 2)));
  for (const i of support) {
    const v = x[i]! - least;
    const offset = k * v - first;
    if (offset >= 0) r[i] = (offset + e) / (2 * k);
    else {
      const room = 4 - (second - 2 * v * first + k * v * v);
      r[i] = (room > CLOSE ? room : numberOf(roomAt(x, i, support))) / (2 * (e - offset));
    }
  }
  return r;
}

function gradient(x: Float64Array, u: Float64Array): Float64Array {
  const r = roots(x);
  const n = x.length;
  const mean = sum(n, (j) => scaled(r[j]!, u[j]!)) / sum(n, (j) => r[j]!);
  return r.map((ri, i) => scaled(ri, u[i]! - mean));
}

export const entmax15 = rowFunction({
  id: 'entmax15',
  accuracy: { value: 'A', gradient: 'B' },
  value: (x) => roots(x).map((r) => r * r),
  gradient,
});
