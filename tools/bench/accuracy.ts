/**
 * # How far answers are from the truth, and from each other
 *
 * The gate only asks whether the same thing was computed, so that speeds may be compared; how well
 * it was computed is the error in ulps, which stands beside the speed.
 */
import type { Answer } from './candidate.ts';

/** Far above what float32 loses anywhere here, far below what another formula differs by. */
const RELATIVE = 1e-3;
/** Of the largest result: where results cancel, that is what they are accurate to. */
const ABSOLUTE = 1e-4;

/** What is wrong with an answer, or undefined where it is the expected one. */
export function fault(got: Answer, due: Answer<ArrayLike<number>>): string | undefined {
  return differs('value', got.value, due.value) ?? differs('gradient', got.gradient, due.gradient);
}

function differs(
  name: string,
  got: ArrayLike<number> | undefined,
  due: ArrayLike<number> | undefined,
): string | undefined {
  if (got?.length !== due?.length)
    return `${name} has ${got?.length ?? 'no'} elements instead of ${due?.length ?? 'none'}`;
  if (!got || !due) return undefined;
  let largest = 0;
  for (let i = 0; i < due.length; i++) largest = Math.max(largest, Math.abs(due[i]!));
  for (let i = 0; i < due.length; i++) {
    const allowed = RELATIVE * Math.abs(due[i]!) + ABSOLUTE * largest;
    if (!(Math.abs(got[i]! - due[i]!) <= allowed))
      return `${name}[${i}] is ${got[i]} instead of ${due[i]}`;
  }
  return undefined;
}

/** The largest errors of an answer in ulps of float32 at the truth; null where something is no number. */
export interface Errors {
  readonly value: number | null;
  readonly gradient?: number | null;
}

export const errorsOf = (got: Answer, truth: Answer<Float64Array>): Errors => ({
  value: worst(got.value, truth.value),
  ...(truth.gradient && { gradient: got.gradient ? worst(got.gradient, truth.gradient) : null }),
});

function worst(got: Float32Array, truth: Float64Array): number | null {
  let largest = 0;
  for (let i = 0; i < truth.length; i++) {
    const error = Math.abs(got[i]! - truth[i]!) / ulp(truth[i]!);
    if (!Number.isFinite(error)) return null;
    largest = Math.max(largest, error);
  }
  return largest;
}

const float = new DataView(new ArrayBuffer(8));
/** A float64 begins with its sign and 11 bits of exponent: these many bits of its first 32 follow. */
const REST = 20;
const EXPONENTS = 2 ** 11;
const BIAS = 1023;
/** Exponent of the smallest normal float32, and of the last bit of a float32 below its first. */
const LEAST = -126;
const LAST = -23;

/** By exponent of a float64; a power for each of millions of elements would take longer than they do. */
const GAPS = Float64Array.from(
  { length: EXPONENTS },
  (_, exponent) => 2 ** (Math.max(exponent - BIAS, LEAST) + LAST),
);

/** The gap between float32 numbers at x. */
function ulp(x: number): number {
  float.setFloat64(0, Math.abs(x));
  return GAPS[float.getUint32(0) >>> REST]!;
}
