/**
 * # e^x, e^x − 1, ln x and ln(1 + x) in float64, on every engine with the same bits
 *
 * Claim: relative error below `ERROR` = 2⁻⁴⁸, and 0 → 1, 0 → 0, 1 → 0, 0 → 0 exactly.
 * Method: x = k ln 2 + r with |r| ≤ ½ ln 2, and Taylor's series of e^r − 1 to the 14th power
 * (what is left out is below 2⁻⁵⁶ of it); x = 2ᵏ m with √½ ≤ m < √2, and
 * ln(1 + t) = 2 artanh(t / (2 + t)) to the 25th power (left out: below 2⁻⁶⁰).
 * Each has some ten roundings of 2⁻⁵³ that count, hence an error of about 2⁻⁵⁰; the claim leaves a
 * factor of 4 and is tested against MPFR.
 */
export const ERROR = 2 ** -48;

/** ln 2: its first 32 bits, so that k · HIGH is exact, and the rest. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const factorials = Array.from({ length: 15 }, (_, i) => {
  let product = 1;
  for (let j = 2; j <= i; j++) product *= j;
  return product;
});

/** e^r − 1 for |r| ≤ ½ ln 2. */
function growth(r: number): number {
  let total = 0;
  for (let i = 14; i > 1; i--) total = total * r + 1 / factorials[i]!;
  return r + r * r * total;
}

/** 2ᵏ for −1022 ≤ k ≤ 1023; `**` need not be exact. */
function power(k: number): number {
  word[1] = (k + 1023) << 20;
  word[0] = 0;
  return float[0]!;
}
const float = new Float64Array(1);
const word = new Uint32Array(float.buffer);

/** e^x for |x| ≤ 700. */
export function exp(x: number): number {
  const k = Math.round(x * Math.LOG2E);
  const scale = power(k);
  return scale + scale * growth(x - k * LN2_HIGH - k * LN2_LOW);
}

/** e^x − 1 for |x| ≤ 700. */
export function expm1(x: number): number {
  const k = Math.round(x * Math.LOG2E);
  const scale = power(k);
  return scale - 1 + scale * growth(x - k * LN2_HIGH - k * LN2_LOW);
}

/** ln(1 + t) for √½ − 1 ≤ t ≤ √2 − 1. */
function logNearOne(t: number): number {
  const s = t / (2 + t);
  const z = s * s;
  let total = 0;
  for (let i = 12; i > 0; i--) total = (total + 1 / (2 * i + 1)) * z;
  return 2 * s * (1 + total);
}

/** ln x for positive normal x. */
export function log(x: number): number {
  float[0] = x;
  let k = (word[1]! >>> 20) - 1023;
  word[1] = (word[1]! & 0xfffff) | 0x3ff00000;
  let m = float[0]!;
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  return k * LN2_HIGH + (logNearOne(m - 1) + k * LN2_LOW);
}

/** ln(1 + t) for t > −1 that is 0 or at least 2⁻¹⁰⁰⁰ in size: below, t / (2 + t) loses bits. */
export const log1p = (t: number): number => (t > -0.29 && t < 0.41 ? logNearOne(t) : log(1 + t));
