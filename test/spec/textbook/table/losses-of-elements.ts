/** # Losses that compare element by element */
import { type Float, read } from '../../mpfr.ts';
import { paired, type Table } from '../book.ts';
import { atLeast, sigmoid, softplus, xLog } from '../formulas.ts';

export const table: Table = {
  'binary-cross-entropy': paired((x, y, w) => {
    const clamped = (p: Float): Float => atLeast(p.log(), read(-100));
    const [no, rest] = [read(1).minus(x), read(1).minus(y)];
    const slope = (a: Float, p: Float): Float => (p.log().lt(-100) ? read(0) : a.div(p));
    return {
      value: w.times(y.times(clamped(x)).plus(rest.times(clamped(no)))).neg(),
      slopes: {
        input: [w.times(slope(rest, no).minus(slope(y, x)))],
        target: [w.times(clamped(no).minus(clamped(x)))],
      },
    };
  }),
  'binary-cross-entropy-with-logits': paired((x, y, w, v) => {
    const rest = read(1).minus(y);
    const yes = v.times(softplus(x.neg()));
    return {
      value: w.times(y.times(yes).plus(rest.times(softplus(x)))),
      slopes: {
        input: [w.times(rest.times(sigmoid(x)).minus(v.times(y).times(sigmoid(x.neg()))))],
        target: [w.times(yes.minus(softplus(x)))],
      },
    };
  }),
  'kl-div': paired((x, y, _w, _v, { logTarget }) => {
    if (!logTarget)
      return {
        value: xLog(y, y).minus(y.times(x)),
        slopes: { input: [y.neg()], target: [y.log().plus(1).minus(x)] },
      };
    const [p, off] = [y.exp(), y.minus(x)];
    return {
      value: p.times(off),
      slopes: { input: [p.neg()], target: [p.times(off.plus(1))] },
    };
  }),
};
