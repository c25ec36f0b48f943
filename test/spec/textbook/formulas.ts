/** # Functions as textbooks write them, on MPFR's numbers */
import { type Float, read } from '../mpfr.ts';

export const sum = (xs: readonly Float[]): Float => xs.reduce((a, b) => a.plus(b), read(0));
export const largest = (xs: readonly Float[]): Float => xs.reduce((a, b) => (a.lt(b) ? b : a));
export const atLeast = (x: Float, least: Float): Float => (x.lt(least) ? least : x);

export const sigmoid = (x: Float): Float => read(1).div(x.neg().exp().plus(1));
export const softplus = (x: Float): Float =>
  x.sign() > 0 ? x.plus(softplus(x.neg())) : x.exp().plus(1).log();
export const lse = (xs: readonly Float[]): Float => {
  const m = largest(xs);
  return m.plus(sum(xs.map((x) => x.minus(m).exp())).log());
};
export const softmax = (xs: readonly Float[]): readonly Float[] =>
  xs.map((x) => read(1).div(sum(xs.map((y) => y.minus(x).exp()))));
/** x log y with 0 log 0 = 0. */
export const xLog = (x: Float, y: Float): Float => (x.sign() === 0 ? read(0) : x.times(y.log()));
