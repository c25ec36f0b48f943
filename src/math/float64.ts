/**
 * # The functions of this folder in float64
 *
 * The precise kernels read as JavaScript: relative error below 2⁻⁴⁹ (test/src/error.test.ts), and
 * the same bits on every engine, which Math.exp and its kin do not promise. Rows and losses are
 * computed with these and rounded to float32 once, at the end.
 */
import { type Double, doubleDouble } from '../kernel/double.ts';
import { type Expression, input } from '../kernel/expression.ts';
import { numberFunction } from '../kernel/number.ts';
import { exp as expKernel } from './exp.ts';
import { expm1 as expm1Kernel } from './expm1.ts';
import { log as logKernel } from './log.ts';
import { log1p as log1pKernel, log1pUnit } from './log1p.ts';

type Real = (x: number) => number;

const variable = input('x');

/** The functions as expressions, and of what. */
export const formulas = {
  x: variable,
  exp: expKernel(variable),
  expm1: expm1Kernel(variable),
  log: logKernel(variable),
  log1p: log1pKernel(variable),
  log1pUnit: log1pUnit(variable),
};

/** Nothing is compiled before the first call. */
function compiled(formula: Expression): Real {
  let read: Real | undefined;
  return (value) => {
    read ??= numberFunction(formula, variable);
    if (!read) throw new Error('tools/generate.ts has to be run again');
    return read(value);
  };
}

const expOf = compiled(formulas.exp);
/** eˣ − 1 for |x| < 700. */
export const expm1 = compiled(formulas.expm1);
const logOf = compiled(formulas.log);
const log1pOf = compiled(formulas.log1p);
const log1pUnitOf = compiled(formulas.log1pUnit);

/**
 * Beyond e^±400 = 2^±577 nothing is told apart: times three float32 of any size e^−400 is still
 * below all float32 and above all that is 0 in float64.
 */
const FAR = 400;

/** eˣ; beyond ±400 that of ±400, but 0 and ∞ at ∓∞. */
export function exp(x: number): number {
  if (x === Infinity) return Infinity;
  if (x === -Infinity) return 0;
  return expOf(Math.max(-FAR, Math.min(x, FAR)));
}

/** eˣ for −700 < x < 700 as a pair of doubles. */
export const longExp = (at: number | Double): Double => doubleDouble(formulas.exp, variable, at);

/** ln x for x ≥ 0, where x is 0 or normal; NaN below. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  return x < Infinity && x > 0 ? logOf(x) : x > 0 ? x : NaN;
}

/** ln(1 + x) for x ≥ −1. Below −½, 1 + x is exact. */
export function log1p(x: number): number {
  if (x < -0.5) return log(1 + x);
  return x < 0 ? log1pUnitOf(x) : log1pOf(x);
}

/** ln(1 + eˣ) */
export const softplus = (x: number): number => log1pOf(exp(-Math.abs(x))) + Math.max(x, 0);

/** 1/(1 + e⁻ˣ) */
export function sigmoid(x: number): number {
  const z = exp(-Math.abs(x));
  return (x < 0 ? z : 1) / (1 + z);
}
