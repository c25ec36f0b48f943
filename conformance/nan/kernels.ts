/**
 * # Kernels: one operation, read three ways
 *
 * Rounded, as a machine does it; exact, in the arithmetic of the specification; and backward, as
 * automatic differentiation does it: what an operand gets of the slope g of the result, rounded after
 * every operation.
 */
import * as f from '../../spec/functions.ts';
import type { Real } from '../../spec/real.ts';
import { type Machine, powerOf } from './machine.ts';

/** Operands that are worked out when they are asked for: a branch not taken is not. */
export type Operands = readonly (() => Real)[];

export interface Kernel {
  of(x: readonly number[], m: Machine): number;
  exact(x: Operands): Real;
  /** For each operand; undefined where it has no slope, as a condition has none. */
  back(g: number, x: readonly number[], y: number, m: Machine): readonly (number | undefined)[];
  /** What `back` computes, as text. */
  readonly slope: string;
}

/** With all operands worked out. */
const eager =
  (formula: (...x: readonly Real[]) => Real) =>
  (x: Operands): Real =>
    formula(...x.map((get) => get()));

export const add: Kernel = {
  of: ([a, b], m) => m.round(a! + b!),
  exact: eager((a, b) => a!.plus(b!)),
  back: (g) => [g, g],
  slope: 'g',
};
export const subtract: Kernel = {
  of: ([a, b], m) => m.round(a! - b!),
  exact: eager((a, b) => a!.minus(b!)),
  back: (g) => [g, -g],
  slope: '±g',
};
export const multiply: Kernel = {
  of: ([a, b], m) => m.round(a! * b!),
  exact: eager((a, b) => a!.times(b!)),
  back: (g, [a, b], _, m) => [m.round(g * b!), m.round(g * a!)],
  slope: 'g · the other factor',
};
export const divide: Kernel = {
  of: ([a, b], m) => m.round(a! / b!),
  exact: eager((a, b) => a!.div(b!)),
  back: (g, [, b], y, m) => [m.round(g / b!), m.round(-g * m.round(y / b!))],
  slope: 'g / b, or −g · (a/b) / b',
};
export const negate: Kernel = {
  of: ([x]) => -x!,
  exact: eager((x) => x!.neg()),
  back: (g) => [-g],
  slope: '−g',
};
export const exp: Kernel = {
  of: ([x], m) => m.exp(x!),
  exact: eager((x) => f.power(x!)),
  back: (g, _, y, m) => [m.round(g * y)],
  slope: 'g · e^x',
};
export const log: Kernel = {
  of: ([x], m) => m.log(x!),
  exact: eager((x) => f.log(x!)),
  back: (g, [x], _, m) => [m.round(g / x!)],
  slope: 'g / x',
};
export const sqrt: Kernel = {
  of: ([x], m) => m.round(Math.sqrt(x!)),
  exact: eager((x) => x!.sqrt()),
  back: (g, _, y, m) => [m.round(g / m.round(2 * y))],
  slope: 'g / 2√x',
};
export const square: Kernel = {
  of: ([x], m) => m.round(x! * x!),
  exact: eager((x) => x!.squared()),
  back: (g, [x], _, m) => [m.round(g * m.round(2 * x!))],
  slope: 'g · 2x',
};
export const abs: Kernel = {
  of: ([x]) => Math.abs(x!),
  exact: eager((x) => f.magnitude(x!)),
  back: (g, [x], _, m) => [m.round(g * Math.sign(x!))],
  slope: 'g · sign x',
};
/** Of equal ones the first has the slope. */
export const larger: Kernel = {
  of: ([a, b]) => Math.max(a!, b!),
  exact: eager((a, b) => f.max(a!, b!)),
  back: (g, [a, b]) => (a! >= b! ? [g, 0] : [0, g]),
  slope: 'g for the larger one',
};
export const smaller: Kernel = {
  of: ([a, b]) => Math.min(a!, b!),
  exact: eager((a, b) => f.min(a!, b!)),
  back: (g, [a, b]) => (a! <= b! ? [g, 0] : [0, g]),
  slope: 'g for the smaller one',
};

/** From left to right, rounded after every addition. */
export const sum: Kernel = {
  of: (x, m) => x.reduce((total, xi) => m.round(total + xi), 0),
  exact: (x) => f.sum(x.map((get) => get())),
  back: (g, x) => x.map(() => g),
  slope: 'g',
};
/** The largest of a row, which frameworks keep out of the gradient: there it would cancel. */
export const largest: Kernel = {
  of: (x) => x.reduce((most, xi) => Math.max(most, xi), -Infinity),
  exact: (x) => f.largest(x.map((get) => get())),
  back: () => [],
  slope: 'none',
};

/** The element itself; with no operand, as of a class that is not there, NaN. */
export const pick: Kernel = {
  of: (x) => x[0] ?? NaN,
  exact: (x) => x[0]?.() ?? f.real(NaN),
  back: (g, x) => x.map(() => g),
  slope: 'g',
};
/** To the power of a constant. */
export const raise = (exponent: number): Kernel => ({
  of: ([x], m) => m.power(x!, exponent),
  exact: eager((x) => powerOf(x!, exponent)),
  back: (g, [x], _, m) =>
    exponent === 0 ? [0] : [m.round(g * m.round(exponent * m.power(x!, exponent - 1)))],
  slope: `g · ${exponent} · x^${exponent - 1}`,
});

/** Over a count, which is a whole number of any size and not rounded. */
export const over = (count: number): Kernel => ({
  of: ([x], m) => m.round(x! / count),
  exact: eager((x) => x!.div(count)),
  back: (g, _x, _y, m) => [m.round(g / count)],
  slope: `g / ${count}`,
});

/** x > 0 ? a : b, where each of them has been worked out, and the one not taken has the slope 0. */
export const whereAbove: Kernel = {
  of: ([x, a, b]) => (x! > 0 ? a! : b!),
  exact: ([x, a, b]) => (x!().sign() > 0 ? a!() : b!()),
  back: (g, [x]) => [undefined, x! > 0 ? g : 0, x! > 0 ? 0 : g],
  slope: 'g for the one taken, 0 for the other',
};
