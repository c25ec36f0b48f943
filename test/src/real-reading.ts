/**
 * # A kernel read in MPFR
 *
 * What the proofs call its exact value: real arithmetic, here of 300 bits, with the functions that
 * series stand for, and with the integers that the JavaScript reading chooses.
 */
import type { Inputs } from '../../src/kernel/double.ts';
import type { Expression } from '../../src/kernel/expression.ts';
import { kernelFunction } from '../../src/kernel/number.ts';
import { type Float, pi, read } from '../spec/mpfr.ts';

export const BITS = 300;
type Real = (x: Float) => Float;

export const ln2 = (): Float => read(2).log();

/** 2 artanh t */
export const artanhTwice: Real = (t) => t.log1p().minus(t.neg().log1p());

const overArgument =
  (f: Real, limit: () => Float): Real =>
  (x) =>
    x.sign() === 0 ? limit() : f(x).div(x);

/** The functions that series are named by. */
export const functions: { readonly [series: string]: Real } = {
  '(eʳ − 1)/r': overArgument(
    (r) => r.expm1(),
    () => read(1),
  ),
  '(2^(f/256) − 1)/f': overArgument(
    (f) => f.times(ln2()).div(256).expm1(),
    () => ln2().div(256),
  ),
  '2 artanh(√z)/√z': (z) => (z.sign() === 0 ? read(2) : artanhTwice(z.sqrt()).div(z.sqrt())),
};

const normal: Real = (v) => v.div(read(2).sqrt()).neg().erfc().div(2);
/** w = 2 √(2/π) (x + 0.044715 x³), and 1/(1 + e^−w). */
const cubic: Real = (v) =>
  v.plus(v.times(v).times(v).times('0.044715')).times(read(8).div(pi()).sqrt());
const sigmoid: Real = (v) => read(1).div(v.neg().exp().plus(1));

/** The functions that local series are named by. */
export const localFunctions: { readonly [series: string]: Real } = {
  normal,
  normalSlope: (v) => normal(v).plus(v.times(v.times(v).div(-2).exp()).div(pi().times(2).sqrt())),
  erfQuotient: (v) => (v.sign() === 0 ? read(2).div(pi().sqrt()) : v.erf().div(v)),
  erfc: (v) => v.erfc(),
  geluTanh: (v) => sigmoid(cubic(v)),
  geluTanhSlope(v) {
    const w = cubic(v);
    const slope = v.times(v).times('0.134145').plus(1).times(read(8).div(pi()).sqrt());
    const [s, t] = [sigmoid(w), sigmoid(w.neg())];
    return s.plus(s.times(t).times(slope).times(v));
  },
};

/** The integers that the JavaScript reading chooses, compiled once. */
type Choose = NonNullable<ReturnType<typeof kernelFunction>>;
const choosers = new Map<Expression, Choose>();
function chosen(e: Expression, x: Expression, at: number, given: Inputs): number {
  const parameters = given.map(([parameter]) => parameter);
  const choose =
    choosers.get(e) ??
    kernelFunction({ name: '', x, parameters, fast: e, precise: e, isExact: () => false })!;
  choosers.set(e, choose);
  return choose(given.map(([, value]) => value))(at, new Float64Array(1));
}

export function realValue(root: Expression, x: Expression, at: number, given: Inputs = []): Float {
  const inputs = [[x, at] as const, ...given];
  const known = new Map(inputs.map(([e, value]) => [e, read(value)]));
  const value = (e: Expression): Float => {
    const found = known.get(e);
    if (found) return found;
    const fresh = compute(e);
    known.set(e, fresh);
    return fresh;
  };
  const compute = (e: Expression): Float => {
    const [a, b, c, d] = e.of as [Expression, Expression, Expression, Expression];
    switch (e.kind) {
      case 'constant':
        return read(e.value).plus(e.rest);
      case 'approximation':
        return functions[e.series!.name]!(value(b));
      case 'local':
        return localFunctions[e.around!.name]!(value(b).div(e.around!.steps).plus(value(c)));
      case 'within':
      case 'ahead':
        return value(a);
      case 'plus':
        return value(a).plus(value(b));
      case 'minus':
        return value(a).minus(value(b));
      case 'times':
        return value(a).times(value(b));
      case 'div':
        return value(a).div(value(b));
      case 'sqrt':
        return value(a).sqrt();
      case 'negate':
        return value(a).neg();
      case 'abs':
        return value(a).abs();
      case 'min':
        return value(b).lt(value(a)) ? value(b) : value(a);
      case 'max':
        return value(a).lt(value(b)) ? value(b) : value(a);
      case 'less':
        return value(a).lt(value(b)) ? value(c) : value(d);
      case 'nearest':
      case 'exponent':
        return read(chosen(e, x, at, given));
      case 'scaled':
        return value(a).times(2 ** value(b).toNumber());
      case 'mantissa':
        return value(a).times(2 ** -value(b).toNumber());
      case 'twoTo256ths':
        return value(a).times(ln2()).div(256).exp();
      case 'withSignOf':
        return value(a).sign() < 0 === value(b).sign() < 0 ? value(a) : value(a).neg();
      default:
        throw new TypeError(`${e.kind} is not read`);
    }
  };
  return value(root);
}

/** Everything that e is made of, also what only proofs need. */
export function partsOf(root: Expression, found = new Set<Expression>()): ReadonlySet<Expression> {
  if (found.has(root)) return found;
  found.add(root);
  for (const operand of root.of) partsOf(operand, found);
  return found;
}
