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
import { runtime } from './runtime.ts';
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

/** A value, and whether it was computed without any error. */
export interface Long {
  readonly pair: Double;
  readonly isExact: boolean;
}

/** What inputs are. */
export type Inputs = readonly (readonly [Expression, number])[];

const plainly = (x: number): Long => ({ pair: [x, 0], isExact: true });

function longPlus(a: Long, b: Long): Long {
  const pair = add(a.pair, b.pair);
  const [sh, sl] = twoSum(a.pair[0], b.pair[0]);
  const [th, tl] = twoSum(a.pair[1], b.pair[1]);
  const isZero = sh === 0 && sl + th === 0 && tl === 0;
  const [, lost] = twoSum(sl, th);
  const [, alsoLost] = twoSum(tl, fastTwoSum(sh, sl + th)[1]);
  const isExact = a.isExact && b.isExact && lost === 0 && alsoLost === 0;
  // IEEE's sign of 0.
  return { pair: isZero ? [sh, 0] : pair, isExact };
}

/** Between these sizes no part of a product is lost to the ends of float64. */
const [LEAST, MOST] = [2 ** -900, 2 ** 900];
const isOrdinary = (x: number): boolean => Math.abs(x) > LEAST && Math.abs(x) < MOST;

function longProduct(a: Long, b: Long): Long {
  const product = a.pair[0] * b.pair[0];
  const isZero = (a.isExact && a.pair[0] === 0) || (b.isExact && b.pair[0] === 0);
  if (isZero) return plainly(product);
  const isShort = a.pair[1] === 0 && b.pair[1] === 0;
  const isOrdinaryProduct = [product, a.pair[0], b.pair[0]].every(isOrdinary);
  return {
    pair: product === 0 ? [product, 0] : multiply(a.pair, b.pair),
    isExact: a.isExact && b.isExact && isShort && isOrdinaryProduct,
  };
}

function longQuotient(a: Long, b: Long): Long {
  const pair = divide(a.pair, b.pair);
  const back = longProduct(plainly(pair[0]), b);
  const isExact = pair[1] === 0 && a.isExact && back.isExact && isSame(back.pair, a.pair);
  return { pair: pair[0] === 0 ? [a.pair[0] / b.pair[0], 0] : pair, isExact };
}

function longRoot(a: Long): Long {
  const root = Math.sqrt(a.pair[0]);
  if (!(root > 0 && root < Infinity)) return { pair: [root, 0], isExact: a.isExact };
  const square = longProduct(plainly(root), plainly(root));
  const [rest] = add(a.pair, negate(square.pair));
  const isExact = a.isExact && square.isExact && isSame(square.pair, a.pair);
  return { pair: fastTwoSum(root, rest / (2 * root)), isExact };
}

const isSame = ([ah, al]: Double, [bh, bl]: Double): boolean => ah === bh && al === bl;

export const longTimes = (a: Long, factor: number): Long =>
  factor === 1 ? a : longProduct(a, plainly(factor));

/** The value of a kernel of the input `x`. */
export const doubleDouble = (
  root: Expression,
  x: Expression,
  at: number | Double,
  parameters: Inputs = [],
): Double =>
  reading([
    [x, typeof at === 'number' ? plainly(at) : { pair: at, isExact: false }],
    ...parameters.map(([e, value]) => [e, plainly(value)] as const),
  ])(root).pair;

export const longValue = (root: Expression, inputs: Inputs): Long =>
  reading(inputs.map(([e, value]) => [e, plainly(value)] as const))(root);

function reading(inputs: readonly (readonly [Expression, Long])[]): (e: Expression) => Long {
  const values = new Map(inputs);
  const value = (e: Expression): Long => {
    const known = values.get(e);
    if (known) return known;
    const fresh = compute(e);
    values.set(e, fresh);
    return fresh;
  };
  const negated = ({ pair, isExact }: Long): Long => ({ pair: negate(pair), isExact });
  const high = (e: Expression): number => value(e).pair[0];
  /** What was chosen is exact only if the choice was. */
  const chosen = (a: Expression, b: Expression, yes: Expression, no: Expression): Long => {
    const { pair, isExact } = value(lessThan(value(a).pair, value(b).pair) ? yes : no);
    return { pair, isExact: isExact && value(a).isExact && value(b).isExact };
  };
  const compute = (e: Expression): Long => {
    const [a, b, c, d] = e.of as [Expression, Expression, Expression, Expression];
    switch (e.kind) {
      case 'constant':
        return { pair: [e.value, e.rest], isExact: e.rest === 0 };
      case 'approximation':
        return { pair: seriesAt(e.series!, value(b).pair), isExact: false };
      case 'local':
        return { pair: around(e.around!, high(b), value(c).pair), isExact: false };
      case 'within':
      case 'ahead':
        return value(a);
      case 'plus':
        return longPlus(value(a), value(b));
      case 'minus':
        return longPlus(value(a), negated(value(b)));
      case 'times':
        return longProduct(value(a), value(b));
      case 'div':
        return longQuotient(value(a), value(b));
      case 'sqrt':
        return longRoot(value(a));
      case 'negate':
        return negated(value(a));
      case 'abs':
        return high(a) < 0 || Object.is(high(a), -0) ? negated(value(a)) : value(a);
      case 'min':
        return chosen(b, a, b, a);
      case 'max':
        return chosen(a, b, b, a);
      case 'less':
        return chosen(a, b, c, d);
      case 'nearest':
        return { pair: [Math.round(high(a)), 0], isExact: true };
      case 'twoTo256ths':
        return { pair: twoTo256thExactly(high(a)), isExact: high(a) % 256 === 0 };
      case 'exponent':
        return plainly(runtime.exponent(high(a)));
      case 'mantissa':
        return { pair: timesPower(value(a).pair, -high(b)), isExact: value(a).isExact };
      case 'scaled':
        return { pair: timesPower(value(a).pair, high(b)), isExact: value(a).isExact };
      case 'withSignOf': {
        const negative = high(b) < 0 || Object.is(high(b), -0);
        return high(a) < 0 === negative ? value(a) : negated(value(a));
      }
      default:
        throw new TypeError(`${e.kind} has no reading as double-double`);
    }
  };
  return value;
}
