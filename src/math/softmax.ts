/**
 * # A row of logits
 *
 *     m = max x,   e = e^(x − m),   rest = Σ e without one maximum,   total = 1 + rest
 *     softmax(x)ᵢ = eᵢ/total,   ln Σ eˣ = m + ln(1 + rest)
 *
 * The maximum is left out of the sum, so that a dominant class keeps its digits: with [18, 0] the
 * logarithm is 1.5229980e−8 and not 0. A row with NaN or +∞, or of −∞ only, has no softmax: NaN.
 */
import { exp, log1p } from './float64.ts';
import { scaled, sum } from './scaled.ts';

export interface Row {
  readonly length: number;
  /** The maximum and where it is. */
  readonly m: number;
  readonly top: number;
  readonly e: Float64Array;
  readonly rest: number;
  readonly total: number;
  /** ln total */
  readonly log: number;
}

/** Reads a row; `e` is where its powers are kept. */
export function readRow(x: Float32Array, start: number, stride: number, e: Float64Array): Row {
  const length = e.length;
  const top = indexOfMaximum(x, start, stride, length);
  const m = x[start + top * stride] ?? -Infinity;
  // m − m is 0, and NaN where the row has no softmax.
  const none = m - m;
  let rest = none;
  for (let i = 0; i < length; i++) {
    const power = exp(x[start + i * stride]! - m) + none;
    e[i] = power;
    if (i !== top) rest += power;
  }
  return { length, m, top, e, rest, total: 1 + rest, log: log1p(rest) };
}

/** Where the largest element is, or a NaN. */
function indexOfMaximum(x: Float32Array, start: number, stride: number, length: number): number {
  let top = 0;
  for (let i = 1; i < length; i++) {
    const largest = x[start + top * stride]!;
    if (Number.isNaN(largest)) return top;
    if (!(x[start + i * stride]! <= largest)) top = i;
  }
  return top;
}

/** pᵢ */
export const probability = ({ e, total }: Row, i: number): number => e[i]! / total;

/** 1 − pᵢ, without the subtraction where pᵢ may be next to 1. */
export const complement = ({ e, total, rest, top }: Row, i: number): number =>
  (i === top ? rest : total - e[i]!) / total;

/** ln pᵢ of a logit x of the row. */
export const logProbability = ({ m, log }: Row, x: number): number => x - m - log;

/**
 * Σⱼ uⱼ ∂ln pⱼ/∂xᵢ = uᵢ (1 − pᵢ) − pᵢ Σ uⱼ over the others. A single u ≠ 0 makes that sum exact.
 */
export function pullBack(
  row: Row,
  u: (i: number) => number,
  each: (i: number, slope: number) => void,
) {
  const all = sum(row.length, u);
  for (let i = 0; i < row.length; i++) {
    const own = scaled(u(i), complement(row, i));
    each(i, own - scaled(probability(row, i), all - u(i)));
  }
}
