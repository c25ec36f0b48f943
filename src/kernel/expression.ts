/**
 * # The kernel language
 *
 * A kernel is an expression in float64. It is written once and read many ways:
 *
 *     number.ts   JavaScript source            what runs where there is no WebAssembly SIMD
 *     simd.ts     WebAssembly, two lanes       what runs everywhere else
 *     error.ts    intervals with errors        a proof of how wrong the other two can be
 *     double.ts   pairs of doubles             about 100 bits, for the few inputs that need them
 *     rational.ts fractions                    the exact result, for formulas without functions
 *
 * Every operation is one IEEE operation or a bit operation, so all engines give the same bits. The
 * last four kinds are for rows, see rows/language.ts.
 */
import { type LocalSeries, register } from './local.ts';
import type { Series } from './series.ts';

export type Kind =
  | 'input'
  | 'constant'
  | 'plus'
  | 'minus'
  | 'times'
  | 'div'
  | 'sqrt'
  | 'negate'
  | 'abs'
  | 'min'
  | 'max'
  | 'less'
  | 'nearest'
  | 'scaled'
  | 'twoTo256ths'
  | 'exponent'
  | 'mantissa'
  | 'withSignOf'
  | 'within'
  | 'ahead'
  | 'approximation'
  | 'coefficient'
  | 'local'
  | 'sum'
  | 'largest'
  | 'kept'
  | 'at';

export class Expression {
  readonly kind: Kind;
  readonly of: readonly Expression[];
  /** The value of a constant. */
  readonly value: number = 0;
  /** The name of an input. */
  readonly name: string = '';
  /** What the rounded value of a constant leaves out, so that value + rest is true to 2⁻¹⁰⁰. */
  readonly rest: number = 0;
  /** Where the exact value is known to be. */
  readonly range?: readonly [number, number];
  /** What an approximation approximates. */
  readonly series?: Series;
  /** What a local polynomial stands for, and of which degree it is. */
  readonly around?: LocalSeries;
  readonly degree: number = 0;
  /** Which power a coefficient belongs to. */
  readonly power: number = 0;

  constructor(kind: Kind, of: readonly Expression[], more: Partial<Expression> = {}) {
    this.kind = kind;
    this.of = of;
    Object.assign(this, more);
  }

  plus(y: Operand) {
    return operation('plus', this, y);
  }
  minus(y: Operand) {
    return operation('minus', this, y);
  }
  times(y: Operand) {
    return operation('times', this, y);
  }
  div(y: Operand) {
    return operation('div', this, y);
  }
  sqrt() {
    return operation('sqrt', this);
  }
  neg() {
    return operation('negate', this);
  }
  abs() {
    return operation('abs', this);
  }
  /** The smaller one; NaN if this is NaN. */
  min(y: Operand) {
    return operation('min', this, y);
  }
  /** The larger one; NaN if this is NaN. */
  max(y: Operand) {
    return operation('max', this, y);
  }
  /** The nearest integer, for |this| < 2⁵⁰; one of the two nearest where it lies between them. */
  nearest() {
    return operation('nearest', this);
  }
  /** |this| with the sign of y. */
  withSignOf(y: Operand) {
    return operation('withSignOf', this, y);
  }
  /** k where this = 2ᵏ·m with 1 ≤ m < 2, for normal numbers above 0. */
  exponent() {
    return operation('exponent', this);
  }
  /** m where this = 2ᵏ·m with 1 ≤ m < 2, and k is `this.exponent()`. */
  mantissa(k: Expression) {
    return operation('mantissa', this, k);
  }
  /** this, with a fact for proofs: in exact arithmetic, lo ≤ this ≤ hi. */
  within(lo: number, hi: number) {
    return new Expression('within', [this], { range: [lo, hi] });
  }
  /** this, which loops may compute some rounds ahead: a cut through a long chain, see stages.ts. */
  ahead() {
    return operation('ahead', this);
  }
  /** `yes` where this < y, else `no`. Both are computed. */
  ifLess(y: Operand, yes: Operand, no: Operand) {
    return operation('less', this, y, yes, no);
  }
}

export type Operand = Expression | number;

export const input = (name: string) => new Expression('input', [], { name });
export const constant = (value: number, rest = 0) =>
  new Expression('constant', [], { value, rest });

/** c ≥ 0, and NaN where x is NaN. */
export const always = (c: number, x: Expression): Expression =>
  c === 0 ? x.abs().min(0) : x.min(c).max(c);

const expression = (x: Operand) => (typeof x === 'number' ? constant(x) : x);

export function operation(kind: Kind, ...of: Operand[]): Expression {
  return new Expression(kind, of.map(expression));
}

/**
 * p·2ᵏ for a `nearest` integer k, where p > 0 and p·2ᵏ are normal numbers: an addition to the
 * exponent.
 */
export const scaled = (p: Operand, k: Expression) => operation('scaled', p, k);

/** 2^(k/256) for a `nearest` integer k, from a table; normal numbers only. */
export const twoTo256ths = (k: Expression) => operation('twoTo256ths', k);

/**
 * The polynomial Σ cᵢ xⁱ in Estrin's order, which stands for the series Σ sᵢ xⁱ.
 * Emitters see the polynomial; proofs see how far it is from the series.
 */
export function approximate(
  series: Series,
  coefficients: readonly number[],
  x: Expression,
  order: 'Estrin' | 'Horner' = 'Estrin',
): Expression {
  if (order === 'Horner') {
    const horner = coefficients
      .map((c) => constant(c))
      .reduceRight((total, c) => total.times(x).plus(c));
    return new Expression('approximation', [horner, x], { series });
  }
  const terms = coefficients.map((c) => constant(c));
  return new Expression('approximation', [estrin(terms, x), x], { series });
}

/**
 * A function by its local series, for x between the first and the last centre. `finite` is the same
 * number where x is one, and any between the centres where x is NaN.
 */
export function local(
  series: LocalSeries,
  x: Expression,
  precise: boolean,
  finite: Expression = x,
): Expression {
  register(series);
  const { steps, degrees } = series;
  const degree = degrees[precise ? 1 : 0];
  const k = finite.times(steps).nearest();
  const h = x.minus(k.times(1 / steps)).within(-0.5 / steps, 0.5 / steps);
  const coefficients = Array.from(
    { length: degree + 1 },
    (_, power) => new Expression('coefficient', [k], { around: series, degree, power }),
  );
  return new Expression('local', [estrin(coefficients, h), k, h], { around: series, degree });
}

/** The local series in formulas. */
export function localsOf(roots: readonly Expression[]): readonly Expression[] {
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    seen.add(e);
    e.of.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].filter((e) => e.kind === 'local');
}

/** Σ cᵢ xⁱ, in which few operations wait for each other. */
function estrin(coefficients: readonly Expression[], x: Expression): Expression {
  let terms = coefficients;
  for (let power = x; terms.length > 1; power = power.times(power)) {
    terms = pairs(terms).map(([a, b]) => (b ? b.times(power).plus(a) : a));
  }
  return terms[0]!;
}

const pairs = <T>(list: readonly T[]) =>
  list.flatMap((a, i) => (i % 2 ? [] : [[a, list[i + 1]] as [T, T | undefined]]));

const transparent: readonly Kind[] = ['approximation', 'local', 'within', 'ahead'];

/**
 * What a machine computes for e: a polynomial for an approximation, and nothing for what only
 * proofs and loops need.
 */
export function code(e: Expression): Expression {
  return transparent.includes(e.kind) ? code(e.of[0]!) : e;
}
