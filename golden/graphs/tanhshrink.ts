/**
 * # Tanhshrink
 *
 *     x − tanh x
 *
 * Lambert's continued fraction, tanh x = x / (1 + w) with w = x² / (3 + x² / (5 + x² / (7 + ⋯))), makes
 * it x w / (1 + w), in which nothing cancels.
 */
import type { Composition } from './composition.ts';
import {
  abs,
  add,
  div,
  greater,
  input,
  max,
  min,
  mul,
  real,
  sub,
  tanh,
  where,
} from './expression.ts';

/** For |x| ≤ 1 each level is good for a factor of about 4k², and 12 for more than float64 has. */
const LEVELS = 12;

export const tanhshrink: Composition = () => {
  const x = input('input');
  const near = max(real(-1), min(x, real(1)));
  const square = mul(near, near);
  let w = real(2 * LEVELS + 1);
  for (let k = LEVELS; k > 0; k--) w = div(square, k < LEVELS ? add(real(2 * k + 1), w) : w);
  const nearZero = div(mul(near, w), add(real(1), w));
  return where(greater(abs(x), real(1)), sub(x, tanh(x)), nearZero);
};
