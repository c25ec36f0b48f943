/** Local series against MPFR. */
import { type Expression, input } from '../../src/kernel/expression.ts';
import { fixed, type LocalSeries, TERMS } from '../../src/kernel/local.ts';
import { gateSeries, gateSlopeSeries } from '../../src/math/gelu-tanh.ts';
import { erf, erfc, normalSeries, slopeSeries } from '../../src/math/normal.ts';
import { mpfr, read } from '../spec/mpfr.ts';
import { localFunctions, partsOf } from './real-reading.ts';

const used = (formula: Expression): LocalSeries =>
  [...partsOf(formula)].find((e) => e.kind === 'local')!.around!;
const x = input('x');

export const allSeries: readonly LocalSeries[] = [
  ...[normalSeries, slopeSeries, gateSeries, gateSlopeSeries],
  ...[used(erf(x, true)), used(erfc(x, true))],
];

/** More than 512, and what is lost where 2⁻³⁰⁰ is added to 1. */
const BITS = 900;

/** How far 32 terms are from the function at k/steps + h, in units of the largest of four. */
export function distanceAt(
  series: LocalSeries,
  k: number,
  h: number,
  coefficients = series.coefficients(k, TERMS, fixed),
): number {
  return mpfr(BITS, () => {
    const real = (units: bigint) =>
      read(String(units))
        .div(2 ** 256)
        .div(2 ** 256);
    const a = coefficients.map(real);
    const sum = a.reduceRight((total, c) => total.times(h).plus(c), read(0));
    const due = localFunctions[series.name]!(read(k).div(series.steps).plus(h));
    const largest = a.slice(0, 4).reduce((p, q) => (p.abs().lt(q.abs()) ? q : p));
    return sum.minus(due).div(largest).abs().toNumber();
  });
}

/** The largest distance at some of the centres, and at the ends and in the middle of their reach. */
export function largestDistance(series: LocalSeries): number {
  const { from, to, steps } = series;
  const every = Array.from({ length: Math.ceil((to - from) / 29) }, (_, i) => from + 29 * i);
  const ks = [...every, -2, -1, 0, 1, 2, to - 1, to];
  const hs = [-0.5, -0.3, 0, 0.21, 0.5].map((part) => part / steps);
  return Math.max(...ks.flatMap((k) => hs.map((h) => distanceAt(series, k, h))));
}
