/** # Negative log-likelihoods: Poisson and Gaussian */
import { type Float, pi, read } from '../../mpfr.ts';
import { paired, stretched, type Table } from '../book.ts';
import { atLeast, xLog } from '../formulas.ts';

/** y log y − y + ½ log 2πy, and its slope. */
const stirling = (y: Float): readonly [Float, Float] => [
  y.times(y.log()).minus(y).plus(pi().times(2).times(y).log().div(2)),
  y.log().plus(read(1).div(y.times(2))),
];

export const table: Table = {
  'poisson-nll-loss': paired((x, y, _w, _v, { logInput, full, eps }) => {
    const isFar = full === true && read(1).lt(y);
    const [more, rise] = isFar ? stirling(y) : [read(0), read(0)];
    if (logInput)
      return {
        value: x.exp().minus(y.times(x)).plus(more),
        slopes: { input: [x.exp().minus(y)], target: [rise.minus(x)] },
      };
    const rate = x.plus(eps as number);
    if (rate.sign() < 0)
      return { value: read(NaN), slopes: { input: [read(NaN)], target: [read(NaN)] } };
    const ratio = y.sign() === 0 ? read(0) : y.div(rate);
    return {
      value: x.minus(xLog(y, rate)).plus(more),
      slopes: { input: [read(1).minus(ratio)], target: [rise.minus(rate.log())] },
    };
  }),
  'gaussian-nll-loss': stretched('var', (x, y, variance, { full, eps }) => {
    const least = read(eps as number);
    const v = atLeast(variance, least);
    const d = x.minus(y);
    const slope = read(1).minus(d.times(d).div(v)).div(v).div(2);
    const value = v.log().plus(d.times(d).div(v)).div(2);
    return {
      value: full === true ? value.plus(pi().times(2).log().div(2)) : value,
      slopes: {
        input: [d.div(v)],
        target: [d.neg().div(v)],
        var: [variance.lt(least) ? read(0) : slope],
      },
    };
  }),
};
