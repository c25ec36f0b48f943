/**
 * # MPFR, the engine that judges ours
 *
 * A few operations of gmp-wasm's raw binding as a number with methods. Every operation is correctly
 * rounded to the bits in force, by MPFR's contract, to nearest unless a direction is asked for.
 * Rounding to a float format is MPFR's own too: its exponent range, its subnormals, no code of `spec/`.
 */
import { init } from 'gmp-wasm';

export type Direction = 0 | 2 | 3;
export const NEAREST = 0;
export const UP = 2;
export const DOWN = 3;

const { binding } = await init();
type Pointer = ReturnType<typeof binding.mpfr_t>;
type Unary = (to: Pointer, x: Pointer, rounding: number) => number;
type Binary = (to: Pointer, x: Pointer, y: Pointer, rounding: number) => number;

let bits = 500;
let used = 0;
const pools = new Map<number, Pointer[]>();

/** A number of the bits in force; it is overwritten after the call of `mpfr` that it was made in. */
function fresh(): Pointer {
  const pool = pools.get(bits) ?? [];
  pools.set(bits, pool);
  pool[used] ??= allocate(bits);
  return pool[used++]!;
}
function allocate(precision: number): Pointer {
  const at = binding.mpfr_t();
  binding.mpfr_init2(at, precision as never);
  return at;
}

/** Calculates with so many bits. What comes back must be numbers or strings. */
export function mpfr<T>(precision: number, f: () => T): T {
  bits = precision;
  used = 0;
  return f();
}

export class Float {
  readonly at: Pointer;
  constructor(at: Pointer) {
    this.at = at;
  }
  #unary(f: unknown, rounding: Direction): Float {
    const y = fresh();
    (f as Unary)(y, this.at, rounding);
    return new Float(y);
  }
  #binary(f: unknown, y: Operand, rounding: Direction): Float {
    const z = fresh();
    (f as Binary)(z, this.at, read(y).at, rounding);
    return new Float(z);
  }
  plus(y: Operand, to: Direction = NEAREST): Float {
    return this.#binary(binding.mpfr_add, y, to);
  }
  minus(y: Operand, to: Direction = NEAREST): Float {
    return this.#binary(binding.mpfr_sub, y, to);
  }
  times(y: Operand, to: Direction = NEAREST): Float {
    return this.#binary(binding.mpfr_mul, y, to);
  }
  div(y: Operand, to: Direction = NEAREST): Float {
    return this.#binary(binding.mpfr_div, y, to);
  }
  neg(): Float {
    return this.#unary(binding.mpfr_neg, NEAREST);
  }
  abs(): Float {
    return this.#unary(binding.mpfr_abs, NEAREST);
  }
  sqrt(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_sqrt, to);
  }
  exp(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_exp, to);
  }
  expm1(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_expm1, to);
  }
  log(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_log, to);
  }
  log1p(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_log1p, to);
  }
  tanh(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_tanh, to);
  }
  erf(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_erf, to);
  }
  erfc(to: Direction = NEAREST): Float {
    return this.#unary(binding.mpfr_erfc, to);
  }
  /** The next number of so many bits. */
  next(): Float {
    const y = this.#unary(binding.mpfr_set, NEAREST);
    binding.mpfr_nextabove(y.at);
    return y;
  }
  lt(y: Operand): boolean {
    return binding.mpfr_less_p(this.at as never, read(y).at as never) !== 0;
  }
  eq(y: Operand): boolean {
    return binding.mpfr_equal_p(this.at as never, read(y).at as never) !== 0;
  }
  sign(): number {
    return binding.mpfr_sgn(this.at as never);
  }
  isFinite(): boolean {
    return binding.mpfr_number_p(this.at as never) !== 0;
  }
  isNan(): boolean {
    return binding.mpfr_nan_p(this.at as never) !== 0;
  }
  /** The nearest float64. */
  toNumber(): number {
    return binding.mpfr_get_d(this.at as never, NEAREST as never);
  }
  toString(): string {
    return binding.mpfr_to_string(this.at, 10, NEAREST as never);
  }
}
export type Operand = Float | number | string;

/** A float64 exactly; a decimal rounded to the bits in force. */
export function read(x: Operand, to: Direction = NEAREST): Float {
  if (x instanceof Float) return x;
  const y = fresh();
  if (typeof x === 'number') binding.mpfr_set_d(y, x as never, to as never);
  else if (binding.mpfr_set_string(y as never, x, 10, to as never) !== 0)
    throw new TypeError(`${x} is not a number`);
  return new Float(y);
}

export function pi(to: Direction = NEAREST): Float {
  const y = fresh();
  binding.mpfr_const_pi(y, to as never);
  return new Float(y);
}

/** Whether every operation of f was exact. */
export function isExact<T>(f: () => T): readonly [T, boolean] {
  binding.mpfr_clear_inexflag();
  const result = f();
  return [result, binding.mpfr_inexflag_p() === 0];
}

/** What MPFR has to know about a format. */
export interface Shape {
  readonly precision: number;
  readonly emax: number;
}

const singles = new Map<number, Pointer>();
const [EMIN, EMAX] = [binding.mpfr_get_emin(), binding.mpfr_get_emax()];

/** The float of a format that is nearest to x, ties to even, subnormals and overflow included. */
export function nearest(x: Float, { precision, emax }: Shape): number {
  const y = singles.get(precision) ?? allocate(precision);
  singles.set(precision, y);
  const first = binding.mpfr_set(y, x.at as never, NEAREST as never);
  // MPFR's significands are in [½, 1): its exponents are larger by one.
  binding.mpfr_set_emin((3 - emax - precision) as never);
  binding.mpfr_set_emax((emax + 1) as never);
  const ranged = binding.mpfr_check_range(y, first, NEAREST as never);
  binding.mpfr_subnormalize(y, ranged, NEAREST as never);
  binding.mpfr_set_emin(EMIN as never);
  binding.mpfr_set_emax(EMAX as never);
  return binding.mpfr_get_d(y as never, NEAREST as never);
}

/** The floats nearest to x (1 ∓ 2^−bits/4): equal unless MPFR's x may be on either side of a tie. */
export function nearestTwo(x: Float, shape: Shape): readonly [number, number] {
  const at = nearest(x, shape);
  if (!x.isFinite()) return [at, at];
  const little = new Float(fresh());
  binding.mpfr_div_2ui(little.at, x.at as never, (bits >> 2) as never, NEAREST as never);
  return [nearest(x.minus(little), shape), nearest(x.plus(little), shape)];
}
