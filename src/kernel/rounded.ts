/**
 * # A kernel on each element, correctly rounded
 *
 * Three readings of one formula, each asked only about what the one before could not decide:
 *
 *     fast      SIMD, error < 2⁻⁴²      leaves about one vector in 30 000
 *     precise   SIMD, error < 2⁻⁴⁹      leaves a few hundred float32 of all 2³²
 *     exact     pairs of doubles, …     decides those
 *
 * A kernel that float64 computes without error is only rounded.
 *
 * A correctly rounded result is unique, so it is the same with and without fused multiply-add, in
 * WebAssembly and in plain JavaScript. Nothing is compiled before the first call.
 */
import { blockFunction } from './blocks.ts';
import type { Origin } from './compile.ts';
import type { Kernel, Numbers } from './kernel.ts';
import { moduleOf, type Way } from './module.ts';
import { kernelFunction } from './number.ts';
import { roundedFunction } from './one.ts';
import { fastestOf, type Reading } from './reading.ts';

/** y[i] = f(x[i]) for the values of f's parameters; x and y may be the same array. */
export type Run = (x: Float32Array, y: Float32Array, numbers?: Numbers) => void;

/** y[i] = f(x[i])·u[i], rounded once; y may be x or u. */
export type Product = (
  x: Float32Array,
  u: Float32Array,
  y: Float32Array,
  numbers?: Numbers,
) => void;

type Machine = (
  x: Float32Array,
  u: Float32Array | undefined,
  y: Float32Array,
  numbers: Numbers,
) => void;

/** The kernel in one reading, or undefined where the engine cannot run it. */
export function readAs(kernel: Kernel, reading: Reading, plain = false): Run | undefined {
  const run = machine(kernel, reading, { of: 'value', plain });
  return run && ((x, y, numbers = []) => run(x, undefined, y, numbers));
}

/** The kernel times a cotangent in one reading. */
export function productAs(kernel: Kernel, reading: Reading, plain = false): Product | undefined {
  const run = machine(kernel, reading, { of: 'product', plain });
  return run && ((x, u, y, numbers = []) => run(x, u, y, numbers));
}

function machine(kernel: Kernel, reading: Reading, way: Way): Machine | undefined {
  if (reading === 'javascript') return portable(kernel, 'compiled');
  if (reading === 'generated') return portable(kernel, 'generated');
  return blockFunction(moduleOf(kernel, way, reading === 'fma'), roundedFunction(kernel));
}

function portable(kernel: Kernel, origin: Origin): Machine | undefined {
  if (!kernelFunction(kernel, origin)) return undefined;
  const roundedAt = roundedFunction(kernel, origin);
  return (x, u, y, numbers) => {
    const rounded = roundedAt(numbers);
    for (let i = 0; i < x.length; i++) y[i] = u ? rounded(x[i]!, u[i]!) : rounded(x[i]!);
  };
}

/** The kernel in the fastest reading that the engine can run, found at the first call. */
export const fastest: (kernel: Kernel) => Run = once((kernel) => {
  const run = fastestMachine(kernel, 'value');
  return (x, y, numbers = []) => run(numbers)(x, undefined, y, numbers);
});

/** The kernel times a cotangent in the fastest reading. */
export const fastestProduct: (kernel: Kernel) => Product = once((kernel) => {
  const run = fastestMachine(kernel, 'product');
  return (x, u, y, numbers = []) => run(numbers)(x, u, y, numbers);
});

/** Sigmoid is also the slope of softplus: one module serves both. */
function once<T>(build: (kernel: Kernel) => T): (kernel: Kernel) => T {
  const built = new WeakMap<Kernel, T>();
  return (kernel) => {
    const found = built.get(kernel);
    if (found) return found;
    const fresh = build(kernel);
    built.set(kernel, fresh);
    return fresh;
  };
}

/** With the rounding test, or without where it is not needed. */
function fastestMachine(kernel: Kernel, of: Way['of']): (numbers: Numbers) => Machine {
  const [checked, plain] = [false, true].map((plain) =>
    fastestOf((reading) => machine(kernel, reading, { of, plain })),
  ) as [() => Machine, () => Machine];
  return (numbers) => (kernel.isExact(numbers) ? plain() : checked());
}
