/**
 * # GELU
 *
 *     x Φ(x), or x / (1 + e^−2u) with u = √(2/π) (x + 0.044715 x³)
 *
 * There is no float64 Erf, and ONNX's tanh form is 1 + tanh u, which cancels. With t = |x|,
 *
 *     1 − Φ(t) = ½ − φ(t) (t + t³/3 + t⁵/15 + ⋯) = φ(t) / (t + 1/(t + 2/(t + 3/(t + ⋯))))
 *
 * x comes from a float32, so that x²/2 is exact in float64, and with it the exponent of φ.
 */
import type { Composition } from './composition.ts';
import {
  abs,
  add,
  div,
  exp,
  greater,
  input,
  max,
  min,
  mul,
  real,
  sub,
  type Term,
  where,
} from './expression.ts';

/**
 * Left of it the sum, right of it the fraction. There the sum loses a factor of 7 by its subtraction,
 * its term 30 is below 1e−20, and the fraction's error after n levels, about e^(−2t√n), is 1e−17.
 */
const SEAM = 1.5;
const TERMS = 30;
const LEVELS = 170;

const density = (t: Term): Term =>
  mul(real(1 / Math.sqrt(2 * Math.PI)), exp(div(mul(t, t), real(-2))));

function sum(t: Term): Term {
  const square = mul(t, t);
  let total = real(1);
  for (let n = TERMS; n > 0; n--) total = add(real(1), mul(div(square, real(2 * n + 1)), total));
  return sub(real(0.5), mul(density(t), mul(t, total)));
}

function fraction(t: Term): Term {
  let tail = t;
  for (let n = LEVELS; n > 0; n--) tail = add(t, div(real(n), tail));
  return div(density(t), tail);
}

function normal(x: Term): Term {
  const t = abs(x);
  const beyond = where(
    greater(t, real(SEAM)),
    fraction(max(t, real(SEAM))),
    sum(min(t, real(SEAM))),
  );
  return where(greater(x, real(0)), sub(real(1), beyond), beyond);
}

function likeNormal(x: Term): Term {
  const cubed = mul(real(0.044715), mul(x, mul(x, x)));
  const minusTwiceU = mul(real(-Math.sqrt(8 / Math.PI)), add(x, cubed));
  return div(real(1), add(real(1), exp(minusTwiceU)));
}

export const gelu: Composition = ({ params }) => {
  const x = input('input');
  return mul(x, params.approximate === 'tanh' ? likeNormal(x) : normal(x));
};
