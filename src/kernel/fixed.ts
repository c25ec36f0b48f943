/**
 * # Fixed-point numbers in units of 2⁻⁵¹²
 *
 * BigInts, for true values of functions down to 2⁻³⁰⁰, where they still have 200 bits. Products and
 * quotients err by a unit.
 */
export const BITS = 512n;
export const ONE = 1n << BITS;

export const ratio = (n: bigint | number, d: bigint | number): bigint =>
  (BigInt(n) << BITS) / BigInt(d);
export const product = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** By Newton's method from above. */
export function sqrt(x: bigint): bigint {
  const square = x << BITS;
  let root = 1n << BigInt((square.toString(2).length >> 1) + 1);
  for (let next = 0n; ; root = next) {
    next = (root + square / root) >> 1n;
    if (next >= root) return root;
  }
}

/** arctan(1/n) */
function arctanOfOneOver(n: bigint): bigint {
  let total = 0n;
  let power = ONE / n;
  for (let i = 1n; power !== 0n; i += 2n, power /= -n * n) total += power / i;
  return total;
}

/** Machin: π/4 = 4 arctan(1/5) − arctan(1/239). */
export const pi = (): bigint => 16n * arctanOfOneOver(5n) - 4n * arctanOfOneOver(239n);

/** eˣ for |x| < 2⁹, from that of x/2¹⁶: errs by less than 2⁻⁴⁹⁰ of itself, and some units. */
export function exp(x: bigint): bigint {
  if (x > 0n) return (ONE * ONE) / exp(-x);
  let power = 0n;
  let term = ONE;
  for (let i = 1n; term !== 0n; i++) {
    power += term;
    term = product(term, x >> 16n) / i;
  }
  for (let i = 0; i < 16; i++) power = product(power, power);
  return power;
}

/** A float64 below 2⁵¹¹; exact for multiples of 2⁻⁵¹². */
export const exact = (x: number): bigint => BigInt(Math.trunc(x * 2 ** 512));

/** The nearest float64 or one next to it. */
export function approximately(x: bigint): number {
  const size = x < 0n ? -x : x;
  const shift = Math.max(0, size.toString(16).length * 4 - 64);
  return Number(x >> BigInt(shift)) * 2 ** (shift - 512);
}

/** As a pair of float64. */
export function pairOf(x: bigint): readonly [high: number, low: number] {
  const high = approximately(x);
  return [high, approximately(x - exact(high))];
}

/**
 * e^p(n) for n = 0, 1, … and a polynomial p, from its value at 0 and the powers of e of p's
 * differences there: each follows from itself and the next.
 */
export function powersOf(start: () => readonly bigint[]): (n: number) => bigint {
  const list: bigint[] = [];
  let state: readonly bigint[] = [];
  return (n) => {
    if (list.length === 0) {
      state = start();
      list.push(state[0]!);
    }
    while (list.length <= n) {
      state = state.map((power, i) => product(power, state[i + 1] ?? ONE));
      list.push(state[0]!);
    }
    return list[n]!;
  };
}
