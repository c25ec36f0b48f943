/**
 * # Judging: bits + enclosure + policy → grade
 *
 * The one place where a real number meets a float. Errors are measured in ulp(r), the gap of the
 * format at the exact value r (at 0: the smallest subnormal; beyond the largest finite number the
 * gaps go on as if the exponent had no end, and ±∞ counts as ±2^(emax + 1)).
 *
 *          on its own           a sum of n addends whose sizes add up to T, u = 2⁻ᵖ
 *     S    correctly rounded    correctly rounded
 *     A    < 1 ulp              < 1 ulp
 *     B    ≤ 2 ulp              ≤ u (⌈log₂ n⌉ + 7) T     pairwise or wider accumulation
 *     C    ≤ 4 ulp              ≤ u (2 √n + 7) T
 *     D    as C                 ≤ u (n + 8) T            any order of summation, nothing worse
 *     E    |error| ≤ 10⁻⁵ + 1.3·10⁻⁶ |r|                 what frameworks' own tests accept
 *     F    otherwise, or NaN, ∞ or a sign where there should be none
 *
 * No bound is below 1 ulp. A quotient of two sums, such as a weighted mean, is allowed two units
 * more; in the log-softmax family D alone adds 1 to T, the rounding of the sum of powers.
 */
import { Decimal } from 'decimal.js';
import { type Format, ulp } from './format.ts';
import { type Certified, decimalOf } from './oracle/index.ts';

export type Grade = 'S' | 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
export const GRADES: readonly Grade[] = ['S', 'A', 'B', 'C', 'D', 'E', 'F'];

export const isAtLeast = (grade: Grade, least: Grade): boolean =>
  GRADES.indexOf(grade) <= GRADES.indexOf(least);

export const worse = (a: Grade, b: Grade): Grade => (GRADES.indexOf(a) > GRADES.indexOf(b) ? a : b);

/** What the error of a sum is compared with. */
export interface Scale {
  /** T: a lower bound of the sum of the sizes of the addends. */
  readonly total: Decimal;
  /** n: how many there are. */
  readonly terms: number;
  /** Units added to every bound: 2 for quotients. */
  readonly more: number;
  /** Added to T for D: what the textbook form rounds beyond the stable one. */
  readonly unit: Decimal;
}

/** What a candidate says of itself. */
export interface Policy {
  readonly signedZero: 'strict' | 'ignore';
  /** Results below the smallest normal number may be 0. */
  readonly flushes: boolean;
}
export const strict: Policy = { signedZero: 'strict', flushes: false };

/** In which way a result is wrong; `size` if it is only too far off. */
export type Wrong = 'nan' | 'infinite' | 'zero' | 'sign' | 'size';

export interface Verdict {
  readonly grade: Grade;
  /** |got − exact| in ulp(exact); ∞ where the two are of different kinds. */
  readonly ulps: number;
  readonly wrong?: Wrong;
  /** The enclosure is narrow enough to exclude every other grade. */
  readonly isCertain: boolean;
}

/** `scale` is asked only for results that are off by an ulp or more; undefined for a result on its own. */
export function judge(
  got: number,
  cell: Certified,
  format: Format,
  policy: Policy = strict,
  scale: () => Scale | undefined = () => undefined,
): Verdict {
  if (Object.is(got, cell.value) || isSameZero(got, cell, policy))
    return { grade: 'S', ulps: distance(got, cell, format), isCertain: true };
  // A 0 may be one that was flushed. The bound leaves more than what float64 rounds off.
  const near = got === 0 ? undefined : inFloats(got, cell, format);
  if (near !== undefined && near < 0.999) return { grade: 'A', ulps: near, isCertain: true };
  const [lo, hi] = [decimalOf(cell.lo), decimalOf(cell.hi)];
  const kind = wrongKind(got, lo, hi, cell, policy);
  if (kind) return { grade: 'F', ulps: Infinity, wrong: kind, isCertain: true };
  const [nearest, farthest] = [lo.abs(), hi.abs()].sort((a, b) => a.cmp(b)) as [Decimal, Decimal];
  if (policy.flushes && got === 0 && isSubnormal(nearest, farthest, format))
    return { grade: 'S', ulps: 0, isCertain: true };
  const [least, most] = [lo, hi].map((r) => errorOf(got, r, format)).sort((a, b) => a.cmp(b)) as [
    Decimal,
    Decimal,
  ];
  // The gap is another one on the other side of a power of two.
  const best = gradeOf(least, farthest, format, scale);
  const worst = gradeOf(most, nearest, format, scale);
  const verdict = {
    grade: worst,
    ulps: inUlps(most, ulp(nearest, format)),
    isCertain: best === worst,
  };
  const wrong = got === 0 ? 'zero' : Number.isFinite(got) ? 'size' : 'infinite';
  return isAtLeast(worst, 'C') ? verdict : { ...verdict, wrong };
}

const isSameZero = (got: number, { value, signed }: Certified, { signedZero }: Policy): boolean =>
  got === 0 && value === 0 && (!signed || signedZero === 'ignore');

/** A difference that no bound excuses. */
function wrongKind(
  got: number,
  r: Decimal,
  hi: Decimal,
  { value, signed }: Certified,
  { signedZero }: Policy,
): Wrong | undefined {
  if (Number.isNaN(got) || r.isNaN()) return 'nan';
  if (!r.isFinite()) return 'infinite';
  // The sign of a zero that is stated; that of a tiny number that was rounded to 0 is a matter of bits.
  const isStated = signed && r.isZero() && hi.isZero() && signedZero === 'strict';
  return isStated && got === 0 && value === 0 ? 'sign' : undefined;
}

/** Strictly between the two lies the result, or at both. */
function isSubnormal(nearest: Decimal, farthest: Decimal, { emax }: Format): boolean {
  const smallest = decimalOf(2 ** (1 - emax));
  return nearest.lt(smallest) && farthest.lte(smallest);
}

/**
 * Bounds are met or missed exactly: two float64 differ by a number of 1400 digits at most, and an
 * enclosure of 960 digits may begin where the float ends.
 */
const D = Decimal.clone({ defaults: true, precision: 2500 });

function errorOf(got: number, r: Decimal, { emax }: Format): Decimal {
  const value = Number.isFinite(got)
    ? decimalOf(got)
    : D.mul(decimalOf(2 ** emax), 2 * Math.sign(got));
  return D.sub(value, r).abs();
}

/** To be told, not to be compared. */
const inUlps = (error: Decimal, gap: Decimal): number => new Decimal(error).div(gap).toNumber();

/** For the record only: how far a correctly rounded result is off. */
function distance(got: number, cell: Certified, format: Format): number {
  if (!Number.isFinite(got) || got === 0) return 0;
  return inFloats(got, cell, format) ?? inDecimals(got, cell, format);
}

function inDecimals(got: number, cell: Certified, format: Format): number {
  const [lo, hi] = [decimalOf(cell.lo), decimalOf(cell.hi)];
  const gap = ulp(lo, format);
  return Math.max(...[lo, hi].map((end) => inUlps(errorOf(got, end, format), gap)));
}

/**
 * How far a result is off in ulps by float64, which is some hundred times faster; undefined where an
 * end is no finite float64, or where an ulp is not the same at both.
 */
function inFloats(got: number, { lo, hi }: Certified, format: Format): number | undefined {
  if (typeof lo !== 'number' || typeof hi !== 'number' || !Number.isFinite(lo)) return undefined;
  const gap = gapAt(lo, format);
  if (gapAt(hi, format) !== gap) return undefined;
  return Math.max(Math.abs(got - lo), Math.abs(got - hi)) / gap;
}

/** ulp of a finite float, as a number. */
function gapAt(x: number, format: Format): number {
  const smallest = 2 ** (2 - format.emax - format.precision);
  let gap = smallest;
  const scaled = Math.abs(x) * 2 ** -format.precision;
  while (gap <= scaled) gap *= 2;
  return gap;
}

/** Of a result that is off by `error` where the exact one has this size. */
function gradeOf(
  error: Decimal,
  size: Decimal,
  format: Format,
  scale: () => Scale | undefined,
): Grade {
  const gap = ulp(size, format);
  if (error.lt(gap)) return 'A';
  if (error.lte(gap)) return 'B';
  const sum = scale();
  const met = (sum ? bounds(sum, format) : own(gap)).find(([, bound]) => error.lte(bound));
  if (met) return met[0];
  return error.lte(D.mul(size, '1.3e-6').plus('1e-5')) ? 'E' : 'F';
}

type Bounds = readonly (readonly [Grade, Decimal])[];

const own = (gap: Decimal): Bounds => [
  ['B', D.mul(gap, 2)],
  ['C', D.mul(gap, 4)],
];

/** What B, C and D allow a sum. */
export function bounds({ total, terms, more, unit }: Scale, format: Format): Bounds {
  const u = decimalOf(2 ** -format.precision);
  const allowed = (units: number, T: Decimal) => D.mul(u, units + more).times(T);
  return [
    ['B', allowed(doublings(terms) + 7, total)],
    ['C', allowed(2 * Math.sqrt(terms) + 7, total)],
    ['D', allowed(terms + 8, D.add(total, unit))],
  ];
}

/** ⌈log₂ n⌉ */
const doublings = (n: number): number => 32 - Math.clz32(n - 1);
