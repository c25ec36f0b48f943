/**
 * Activations and slopes by MPFR: textbook formulas at 400 bits, rounded to float32 once. Nothing
 * is shared with src/ or spec/.
 */
import { init } from 'gmp-wasm';

/** The part of gmp-wasm that is used here. */
type Pointer = number;
type Unary = (to: Pointer, x: Pointer, rounding: number) => number;
interface Mpfr {
  mpfr_t(): Pointer;
  mpfr_init2(x: Pointer, bits: number): void;
  mpfr_set_d(to: Pointer, x: number, rounding: number): number;
  mpfr_get_d(x: Pointer, rounding: number): number;
  mpfr_cmp_d(x: Pointer, y: number): number;
  mpfr_exp: Unary;
  mpfr_log1p: Unary;
  mpfr_log: Unary;
  mpfr_expm1: Unary;
  mpfr_tanh: Unary;
  mpfr_neg: Unary;
  mpfr_abs: Unary;
  mpfr_add_ui(to: Pointer, x: Pointer, n: number, rounding: number): number;
  mpfr_mul_ui(to: Pointer, x: Pointer, n: number, rounding: number): number;
  mpfr_ui_div(to: Pointer, n: number, x: Pointer, rounding: number): number;
  mpfr_add(to: Pointer, x: Pointer, y: Pointer, rounding: number): number;
  mpfr_div(to: Pointer, x: Pointer, y: Pointer, rounding: number): number;
  mpfr_mul(to: Pointer, x: Pointer, y: Pointer, rounding: number): number;
}
const mpfr = (await init()).binding as unknown as Mpfr;

const BITS = 400;
const [NEAREST, TO_ZERO] = [0, 1];
const allocate = (): Pointer => {
  const x = mpfr.mpfr_t();
  mpfr.mpfr_init2(x, BITS);
  return x;
};
const [x, y, z] = [allocate(), allocate(), allocate()] as const;

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/**
 * y as a float32, by way of the float64 that is cut off and says in its last bit whether it was.
 */
function rounded(): number {
  float[0] = mpfr.mpfr_get_d(y, TO_ZERO);
  if (Number.isFinite(float[0]) && mpfr.mpfr_cmp_d(y, float[0]) !== 0) bits[0]! |= 1n;
  return Math.fround(float[0]);
}

/** y = 1/(1 + e^−x) */
function sigmoid(): void {
  mpfr.mpfr_neg(y, x, NEAREST);
  mpfr.mpfr_exp(y, y, NEAREST);
  mpfr.mpfr_add_ui(y, y, 1, NEAREST);
  mpfr.mpfr_ui_div(y, 1, y, NEAREST);
}
/** y = ln(1 + e^−|x|), + x where x > 0 */
function softplus(value: number): number {
  mpfr.mpfr_abs(y, x, NEAREST);
  mpfr.mpfr_neg(y, y, NEAREST);
  mpfr.mpfr_exp(y, y, NEAREST);
  mpfr.mpfr_log1p(y, y, NEAREST);
  if (value > 0) mpfr.mpfr_add(y, y, x, NEAREST);
  return value;
}
/** y = factor·z/(1 + z)², z = e^−|times·x| */
function bump(times: number, factor: number): void {
  mpfr.mpfr_abs(z, x, NEAREST);
  mpfr.mpfr_mul_ui(z, z, times, NEAREST);
  mpfr.mpfr_neg(z, z, NEAREST);
  mpfr.mpfr_exp(z, z, NEAREST);
  mpfr.mpfr_add_ui(y, z, 1, NEAREST);
  mpfr.mpfr_mul(y, y, y, NEAREST);
  mpfr.mpfr_div(y, z, y, NEAREST);
  mpfr.mpfr_mul_ui(y, y, factor, NEAREST);
}
type Real = (x: number) => number;

interface Truth {
  /** The correctly rounded value and slope at a finite x. */
  readonly value: Real;
  readonly slope: Real;
  /** The slope times a cotangent, correctly rounded. */
  readonly product: (x: number, cotangent: number) => number;
}

const of =
  (compute: Real | (() => unknown), sign = 1, result = 1): Real =>
  (value) => {
    mpfr.mpfr_set_d(x, sign * value, NEAREST);
    compute(sign * value);
    return result * rounded();
  };
const slopes = (compute: () => unknown, sign = 1) => ({
  slope: of(compute, sign),
  product(value: number, cotangent: number): number {
    mpfr.mpfr_set_d(x, sign * value, NEAREST);
    compute();
    mpfr.mpfr_set_d(z, cotangent, NEAREST);
    mpfr.mpfr_mul(y, y, z, NEAREST);
    return rounded();
  },
});

export const truth: { readonly [op: string]: Truth } = {
  sigmoid: { value: of(sigmoid), ...slopes(() => bump(1, 1)) },
  tanh: { value: of(() => mpfr.mpfr_tanh(y, x, NEAREST)), ...slopes(() => bump(2, 4)) },
  softplus: { value: of(softplus), ...slopes(sigmoid) },
  logsigmoid: { value: of(softplus, -1, -1), ...slopes(sigmoid, -1) },
};

/** Functions in float64, nearly: the nearest float64 to the truth. */
export const nearest: { readonly [name: string]: Real } = Object.fromEntries(
  (['exp', 'expm1', 'log', 'log1p'] as const).map((name) => [
    name,
    (value: number) => {
      mpfr.mpfr_set_d(x, value, NEAREST);
      mpfr[`mpfr_${name}`](y, x, NEAREST);
      return mpfr.mpfr_get_d(y, NEAREST);
    },
  ]),
);

/** The softmax of a finite row as float64, each nearly the nearest. */
export function softmaxRow(row: Float32Array) {
  const m = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(row, (value) => {
    const power = allocate();
    // At 400 bits this difference of two float32 is exact.
    mpfr.mpfr_set_d(power, value, NEAREST);
    mpfr.mpfr_set_d(z, -m, NEAREST);
    mpfr.mpfr_add(power, power, z, NEAREST);
    mpfr.mpfr_exp(power, power, NEAREST);
    return power;
  });
  const sumWithout = (left: number): void => {
    mpfr.mpfr_set_d(x, 0, NEAREST);
    powers.forEach((power, i) => {
      if (i !== left) mpfr.mpfr_add(x, x, power, NEAREST);
    });
  };
  const quotient = (): number => {
    mpfr.mpfr_div(y, y, x, NEAREST);
    return mpfr.mpfr_get_d(y, NEAREST);
  };
  /** y = ln Σ e^(x − m) */
  const logTotal = (): void => {
    sumWithout(row.indexOf(m));
    mpfr.mpfr_log1p(y, x, NEAREST);
  };
  const plus = (value: number): number => {
    mpfr.mpfr_set_d(x, value, NEAREST);
    mpfr.mpfr_add(y, y, x, NEAREST);
    return mpfr.mpfr_get_d(y, NEAREST);
  };
  const complement = (i: number): number => {
    sumWithout(i);
    mpfr.mpfr_add_ui(y, x, 0, NEAREST);
    sumWithout(-1);
    return quotient();
  };
  const p = powers.map((power) => {
    mpfr.mpfr_add_ui(y, power, 0, NEAREST);
    sumWithout(-1);
    return quotient();
  });
  logTotal();
  const lse = plus(m);
  const log = Array.from(row, (value) => {
    logTotal();
    mpfr.mpfr_neg(y, y, NEAREST);
    plus(-m);
    return plus(value);
  });
  return { p, lse, log, complement };
}
