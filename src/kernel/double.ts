/**
 * # A kernel read in double-double arithmetic
 *
 * Numbers are unevaluated sums of two float64, about 100 bits. Approximations are replaced by the
 * series they stand for, and constants by their value and what it leaves out. Some microseconds per
 * input: this is for the one input in many million whose rounding the other readings cannot decide.
 *
 * Algorithms: Joldes, Muller, Popescu, "Tight and rigorous error bounds for basic building blocks
 * of double-word arithmetic", ACM TOMS 44 (2017): relative errors below 3·2⁻¹⁰⁶, 5·2⁻¹⁰⁶ and
 * 10·2⁻¹⁰⁶.
 */
import type { Expression } from './expression.ts';
import { pairOf } from './fixed.ts';
import { fixed, type LocalSeries, TERMS } from './local.ts';
import { approximately, exact, type Series } from './series.ts';
import { twoTo256thUnits } from './table.ts';

export type Double = readonly [high: number, low: number];

export const fastTwoSum = (a: number, b: number): Double => {
  const s = a + b;
  return [s, b - (s - a)];
};
export const twoSum = (a: number, b: number): Double => {
  const s = a + b;
  const t = s - b;
  return [s, a - t + (b - (s - t))];
};
const SPLIT = 2 ** 27 + 1;
export function twoProduct(a: number, b: number): Double {
  const p = a * b;
  const ah = SPLIT * a - (SPLIT * a - a);
  const bh = SPLIT * b - (SPLIT * b - b);
  const al = a - ah;
  const bl = b - bh;
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}

export function add([ah, al]: Double, [bh, bl]: Double): Double {
  const [sh, sl] = twoSum(ah, bh);
  const [th, tl] = twoSum(al, bl);
  const [vh, vl] = fastTwoSum(sh, sl + th);
  return fastTwoSum(vh, tl + vl);
}
export const negate = ([h, l]: Double): Double => [-h, -l];
export function multiply([ah, al]: Double, [bh, bl]: Double): Double {
  const [h, l] = twoProduct(ah, bh);
  return fastTwoSum(h, l + (ah * bl + al * bh));
}
function divide(a: Double, b: Double): Double {
  const first = a[0] / b[0];
  const rest = add(a, negate(multiply([first, 0], b)));
  const second = rest[0] / b[0];
  const third = add(rest, negate(multiply([second, 0], b)))[0] / b[0];
  return add(fastTwoSum(first, second), [third, 0]);
}
const timesPower = ([h, l]: Double, k: number): Double => [h * 2 ** k, l * 2 ** k];
const lessThan = ([ah, al]: Double, [bh, bl]: Double) => ah < bh || (ah === bh && al < bl);

function twoTo256thExactly(k: number): Double {
  const j = ((k % 256) + 256) % 256;
  return timesPower(fromUnits(twoTo256thUnits[j]!), Math.floor(k / 256));
}

const coefficients = new Map<Series, Double[]>();
function seriesAt(series: Series, x: Double): Double {
  let list = coefficients.get(series);
  if (!list) {
    list = Array.from({ length: 40 }, (_, i) => fromUnits(series.coefficient(i)));
    coefficients.set(series, list);
  }
  return sumOf(list, x);
}
const sumOf = (list: readonly Double[], x: Double): Double =>
  list.reduceRight((total: Double, c) => add(multiply(total, x), c), [0, 0]);

const around = ({ coefficients: at }: LocalSeries, k: number, h: Double): Double =>
  sumOf(at(k, TERMS, fixed).map(pairOf), h);

function fromUnits(n: bigint): Double {
  const high = approximately(n);
  return [high, approximately(n - exact(high))];
}

/** The value of a kernel of the input `x`. */
export function doubleDouble(root: Expression, x: Expression, at: number | Double): Double {
  const values = new Map<Expression, Double>([[x, typeof at === 'number' ? [at, 0] : at]]);
  const value = (e: Expression): Double => {
    const known = values.get(e);
    if (known) return known;
    const fresh = compute(e);
    values.set(e, fresh);
    return fresh;
  };
  const compute = (e: Expression): Double => {
    if (e.kind === 'approximation') return seriesAt(e.series!, value(e.of[1]!));
    if (e.kind === 'local') return around(e.around!, value(e.of[1]!)[0], value(e.of[2]!));
    const [a, b, c, d] = e.of as [Expression, Expression, Expression, Expression];
    switch (e.kind) {
      case 'constant':
        return [e.value, e.rest];
      case 'within':
      case 'ahead':
        return value(a);
      case 'plus':
        return add(value(a), value(b));
      case 'minus':
        return add(value(a), negate(value(b)));
      case 'times':
        return multiply(value(a), value(b));
      case 'div':
        return divide(value(a), value(b));
      case 'negate':
        return negate(value(a));
      case 'abs':
        return value(a)[0] < 0 ? negate(value(a)) : value(a);
      case 'min':
        return lessThan(value(b), value(a)) ? value(b) : value(a);
      case 'max':
        return lessThan(value(a), value(b)) ? value(b) : value(a);
      case 'less':
        return lessThan(value(a), value(b)) ? value(c) : value(d);
      case 'nearest':
        return [Math.round(value(a)[0]), 0];
      case 'twoTo256ths':
        return twoTo256thExactly(value(a)[0]);
      case 'scaled':
        return timesPower(value(a), value(b)[0]);
      case 'withSignOf': {
        const negative = value(b)[0] < 0 || Object.is(value(b)[0], -0);
        return value(a)[0] < 0 === negative ? value(a) : negate(value(a));
      }
      default:
        throw new TypeError(`${e.kind} has no reading as double-double`);
    }
  };
  return value(root);
}
