/**
 * # A row of logits
 *
 *     m = max x,   e = e^(x − m),   rest = Σ e without one maximum,   total = 1 + rest
 *     softmax(x)ᵢ = eᵢ/total,   ln Σ eˣ = m + ln(1 + rest)
 *
 * The maximum is left out of the sum, so that a dominant class keeps its digits: with [18, 0] the
 * logarithm is 1.5229980e−8 and not 0. A row with NaN or +∞, or of −∞ only, has no softmax: NaN.
 */
import { fastTwoSum } from '../kernel/double.ts';
import { exp, log1p } from './float64.ts';
import { longSum, scaled, sum } from './scaled.ts';

export interface Row {
  readonly length: number;
  readonly logit: (i: number) => number;
  /** The maximum and where it is. */
  readonly m: number;
  readonly top: number;
  readonly e: Float64Array;
  readonly rest: number;
  readonly total: number;
  /** What rounding left out of rest and of total. */
  readonly restLow: number;
  readonly totalLow: number;
  /** ln total */
  readonly log: number;
}

/** Reads a row of x, or of −x; `e` is where its powers are kept. */
export function readRow(
  x: Float32Array,
  start: number,
  stride: number,
  e: Float64Array,
  sign: 1 | -1 = 1,
): Row {
  const length = e.length;
  const logit = (i: number) => sign * x[start + i * stride]!;
  const top = indexOfMaximum(logit, length);
  const m = logit(top) ?? -Infinity;
  // m − m is 0, and NaN where the row has no softmax.
  const none = m - m;
  for (let i = 0; i < length; i++) e[i] = exp(logit(i) - m) + none;
  const [rest, restLow] = longSum(length, (i) => (i === top ? none : e[i]!));
  const [total, low] = rest < 1 ? fastTwoSum(1, rest) : fastTwoSum(rest, 1);
  const log = log1p(rest);
  return { length, logit, m, top, e, rest, restLow, total, totalLow: low + restLow, log };
}

/** Where the largest element is, or a NaN. */
function indexOfMaximum(logit: (i: number) => number, length: number): number {
  let top = 0;
  for (let i = 1; i < length; i++) {
    if (Number.isNaN(logit(top))) return top;
    if (!(logit(i) <= logit(top))) top = i;
  }
  return top;
}

/** pᵢ */
export const probability = ({ e, total }: Row, i: number): number => e[i]! / total;

/** total (1 − pᵢ) and what rounding left out of it: the sum over the others. */
export function others(row: Row, i: number): readonly [number, number] {
  if (i === row.top) return [row.rest, row.restLow];
  return [row.total - row.e[i]!, row.totalLow];
}

/** 1 − pᵢ, without the subtraction where pᵢ may be next to 1. */
export const complement = (row: Row, i: number): number => others(row, i)[0] / row.total;

/** ln pᵢ */
export const logProbability = ({ logit, m, log }: Row, i: number): number => logit(i) - m - log;

/**
 * Σⱼ uⱼ ∂ln pⱼ/∂xᵢ = uᵢ (1 − pᵢ) − pᵢ Σ uⱼ over the others. A single u ≠ 0 makes that sum exact;
 * what rounding left out decides the sign of a difference that is 0 without it.
 */
export function pullBack(row: Row, u: (i: number) => number): (i: number) => number {
  const all = sum(row.length, u);
  return (i) => {
    const [high, low] = others(row, i);
    const own = scaled(u(i), high) - scaled(row.e[i]!, all - u(i));
    return (own + scaled(u(i), low)) / row.total;
  };
}
