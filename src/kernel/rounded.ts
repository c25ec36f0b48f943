/**
 * # A kernel on each element, correctly rounded
 *
 * Three readings of one formula, each asked only about what the one before could not decide:
 *
 *     fast      SIMD, error < 2⁻⁴²      leaves about one vector in 30 000
 *     precise   SIMD, error < 2⁻⁴⁹      leaves a few hundred float32 of all 2³²
 *     exact     pairs of doubles        decides those
 *
 * A correctly rounded result is unique, so it is the same with and without fused multiply-add, in
 * WebAssembly and in plain JavaScript. Nothing is compiled before the first call.
 */
import { blockFunction } from './blocks.ts';
import type { Origin } from './compile.ts';
import { type Expression, input } from './expression.ts';
import { elementwiseModule, type Kernel, PRECISE, plainModule, productModule } from './module.ts';
import { numberFunction } from './number.ts';
import { roundedFunction } from './one.ts';
import { fastestOf, type Reading } from './reading.ts';

/** y[i] = f(x[i]); x and y may be the same array. */
export type Run = (x: Float32Array, y: Float32Array) => void;

/** y[i] = f(x[i])·u[i], rounded once; y may be x or u. */
export type Product = (x: Float32Array, u: Float32Array, y: Float32Array) => void;

/** The kernel of a formula that is written for two precisions. */
export function kernelOf(
  name: string,
  formula: (x: Expression, precise: boolean) => Expression,
): Kernel {
  const x = input('x');
  return { name, x, fast: formula(x, false), precise: formula(x, true) };
}

type Rounded = (x: Float32Array, u: Float32Array | undefined, y: Float32Array) => void;

/** The kernel in one reading, or undefined where the engine cannot run it. */
export function readAs(kernel: Kernel, reading: Reading): Run | undefined {
  const run = read(kernel, reading, 'fast');
  return run && ((x, y) => run(x, undefined, y));
}

/** The kernel times a cotangent in one reading. */
export function productAs(kernel: Kernel, reading: Reading): Product | undefined {
  return read(kernel, reading, 'product');
}

/** The fast formula alone, in a SIMD reading: not correctly rounded, for measurements. */
export function unroundedAs(kernel: Kernel, reading: 'fma' | 'simd'): Run | undefined {
  const bytes = plainModule(kernel, reading === 'fma');
  const run = blockFunction(bytes, 'plain', roundedFunction(kernel));
  return run && ((x, y) => run(x, undefined, y));
}

function read(kernel: Kernel, reading: Reading, routine: 'fast' | 'product'): Rounded | undefined {
  if (reading === 'javascript') return portable(kernel, 'compiled');
  if (reading === 'generated') return portable(kernel, 'generated');
  const module = routine === 'fast' ? elementwiseModule : productModule;
  return blockFunction(module(kernel, reading === 'fma'), routine, roundedFunction(kernel));
}

function portable(kernel: Kernel, origin: Origin): Rounded | undefined {
  if (!numberFunction(kernel.precise, kernel.x, origin)) return undefined;
  const rounded = roundedFunction(kernel, PRECISE, origin);
  return (x, u, y) => {
    for (let i = 0; i < x.length; i++) y[i] = u ? rounded(x[i]!, u[i]!) : rounded(x[i]!);
  };
}

/** The kernel in the fastest reading that the engine can run, found at the first call. */
export function fastest(kernel: Kernel): Run {
  const found = runs.get(kernel);
  if (found) return found;
  const run = fastestOf((reading) => readAs(kernel, reading));
  const fresh: Run = (x, y) => run()(x, y);
  runs.set(kernel, fresh);
  return fresh;
}
/** Sigmoid is also the slope of softplus: one module serves both. */
const runs = new WeakMap<Kernel, Run>();

/** The kernel times a cotangent in the fastest reading. */
export function fastestProduct(kernel: Kernel): Product {
  const run = fastestOf((reading) => productAs(kernel, reading));
  return (x, u, y) => run()(x, u, y);
}
