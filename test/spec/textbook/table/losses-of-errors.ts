/** # Losses of the difference between a number and its target */
import { type Float, read } from '../../mpfr.ts';
import { type Given, paired, type Table } from '../book.ts';

/** −1, 0, 1 */
const signOf = (x: Float): Float => read(x.sign() === 0 ? 0 : x.sign() < 0 ? -1 : 1);
const size = (x: Float): Float => (x.sign() < 0 ? x.neg() : x);
const opposite = (slope: Float) => ({ input: [slope], target: [slope.neg()] });

/** d²/2 below the width b, and a line from there on. */
const bent = (d: Float, b: Float): { readonly value: Float; readonly slope: Float } =>
  size(d).lt(b)
    ? { value: d.times(d).div(2), slope: d }
    : { value: b.times(size(d)).minus(b.times(b).div(2)), slope: b.times(signOf(d)) };

const numberOf = (p: Given, name: string): Float => read(p[name] as number);

export const table: Table = {
  'l1-loss': paired((x, y, w) => {
    const d = x.minus(y);
    return { value: w.times(size(d)), weight: w, slopes: opposite(w.times(signOf(d))) };
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
    if (beta.sign() === 0) return { value: size(d), slopes: opposite(signOf(d)) };
    const { value, slope } = bent(d, beta);
    return { value: value.div(beta), slopes: opposite(slope.div(beta)) };
  }),
};
