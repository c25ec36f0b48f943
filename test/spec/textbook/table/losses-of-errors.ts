/** # Losses of the difference between a number and its target */
import { type Float, read } from '../../mpfr.ts';
import { type Given, paired, type Table } from '../book.ts';
import { atLeast, softplus } from '../formulas.ts';

/** −1, 0, 1 */
const signOf = (x: Float): Float => read(x.sign() === 0 ? 0 : x.sign() < 0 ? -1 : 1);
const opposite = (slope: Float) => ({ input: [slope], target: [slope.neg()] });

/** d²/2 below the width b, and a line from there on. */
const bent = (d: Float, b: Float): { readonly value: Float; readonly slope: Float } =>
  d.abs().lt(b)
    ? { value: d.times(d).div(2), slope: d }
    : { value: b.times(d.abs()).minus(b.times(b).div(2)), slope: b.times(signOf(d)) };

const numberOf = (p: Given, name: string): Float => read(p[name] as number);

export const table: Table = {
  'l1-loss': paired((x, y, w) => {
    const d = x.minus(y);
    return { value: w.times(d.abs()), weight: w, slopes: opposite(w.times(signOf(d))) };
  }),
  'mse-loss': paired((x, y, w) => {
    const d = x.minus(y);
    return { value: w.times(d).times(d), weight: w, slopes: opposite(w.times(2).times(d)) };
  }),
  'huber-loss': paired((x, y, w, _, p) => {
    const { value, slope } = bent(x.minus(y), numberOf(p, 'delta'));
    return { value: w.times(value), slopes: opposite(w.times(slope)) };
  }),
  'smooth-l1-loss': paired((x, y, _w, _v, p) => {
    const [d, beta] = [x.minus(y), numberOf(p, 'beta')];
    if (beta.sign() === 0) return { value: d.abs(), slopes: opposite(signOf(d)) };
    const { value, slope } = bent(d, beta);
    return { value: value.div(beta), slopes: opposite(slope.div(beta)) };
  }),
  'log-cosh-loss': paired((x, y) => {
    const d = x.minus(y);
    const [up, down] = [d.abs().times(-2).exp(), read(1)];
    const slope = down.minus(up).div(down.plus(up)).times(signOf(d));
    const value = d
      .abs()
      .plus(softplus(d.abs().times(-2)))
      .minus(read(2).log());
    return { value, slopes: opposite(slope) };
  }),
  'quantile-loss': paired((x, y, _w, _v, p) => {
    const [d, tau] = [y.minus(x), numberOf(p, 'tau')];
    const sign = d.sign();
    const slope = tau.minus(sign === 0 ? 0.5 : sign < 0 ? 1 : 0);
    return { value: d.times(slope), slopes: { input: [slope.neg()], target: [slope] } };
  }),
  'msle-loss': paired((x, y, _w, _v, p) => {
    const eps = numberOf(p, 'eps');
    const logarithm = (z: Float): Float => atLeast(z, eps).plus(1).log();
    const off = logarithm(x).minus(logarithm(y));
    const slope = (z: Float, of: Float): Float =>
      z.lt(eps) ? read(0) : of.times(2).div(z.plus(1));
    return {
      value: off.times(off),
      slopes: { input: [slope(x, off)], target: [slope(y, off.neg())] },
    };
  }),
  'mape-loss': paired((x, y, _w, _v, p) => {
    const eps = numberOf(p, 'eps');
    const [d, m] = [y.minus(x), atLeast(y.abs(), eps)];
    const percent = signOf(d).times(100).div(m);
    const falling = d.abs().times(100).times(signOf(y)).div(m).div(m);
    const target = y.abs().lt(eps) ? percent : percent.minus(falling);
    return {
      value: d.abs().times(100).div(m),
      slopes: { input: [percent.neg()], target: [target] },
    };
  }),
};
