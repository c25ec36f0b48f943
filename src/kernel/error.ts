/**
 * # A kernel read as a proof of its error
 *
 * Every subexpression has two values: the *exact* one, in real arithmetic with true series and true
 * constants, and the *computed* one, in float64. This reading encloses the first and bounds their
 * difference; bound.ts has the arithmetic.
 *
 * - An approximation errs by its rounding errors, the distance of the polynomial from the series,
 *   and the steepness of the series times the error of its argument.
 * - `nearest` may be any integer within ½ (and a rounding) of its argument. If they are two, both
 *   are tried; if they are more, the value is their interval, and `within` says what the kernel's
 *   author knows about the rest.
 *
 * A fused multiply-add rounds once where the two operations round twice, so the bound holds for
 * both.
 */
import {
  add,
  branch,
  divide,
  down,
  gridOf,
  least,
  most,
  multiply,
  negated,
  ordered,
  root as rootOf,
  TooWide,
  UNIT,
  up,
  type Value,
  value,
} from './bound.ts';
import type { Expression } from './expression.ts';
import * as fixed from './fixed.ts';
import { fixed as arithmetic, indexOf, TERMS, table } from './local.ts';
import { differences, distance, farthest, steepness } from './series.ts';
import { twoTo256th } from './table.ts';

/** The integers chosen cannot occur. */
class Impossible extends Error {}

/** What `choose` answers when asked which of several integers `nearest` gave. */
type Choose = (candidates: number[]) => number;

function read(root: Expression, known: Map<Expression, Value>, choose: Choose): Value {
  const at = (e: Expression): Value => {
    const found = known.get(e);
    if (found) return found;
    const fresh = apply(e);
    known.set(e, fresh);
    return fresh;
  };

  const apply = (e: Expression): Value => {
    const of = (i: number) => at(e.of[i]!);
    switch (e.kind) {
      case 'constant':
        return constantValue(e);
      case 'plus':
        return add(of(0), of(1));
      case 'minus':
        return add(of(0), negated(of(1)));
      case 'times':
        return multiply(of(0), of(1), e.of[0] === e.of[1]);
      case 'div':
        return divide(of(0), of(1));
      case 'sqrt':
        return rootOf(of(0));
      case 'negate':
        return negated(of(0));
      case 'abs':
        return size(of(0));
      case 'min':
        return ordered(of(0), of(1), Math.min);
      case 'max':
        return ordered(of(0), of(1), Math.max);
      case 'withSignOf':
      case 'ahead':
        return of(0);
      case 'within':
        return within(of(0), e.range!, choose);
      case 'less':
        return branch(
          of(0),
          of(1),
          () => of(2),
          () => of(3),
        );
      case 'nearest':
        return integer(of(0), choose);
      case 'twoTo256ths':
        return tableEntry(of(0));
      case 'exponent':
        return magnitude(of(0), choose);
      case 'mantissa':
        return multiply(of(0), powerOfTwo(-of(1).lo), false);
      case 'scaled':
        return timesPower(of(0), of(1));
      case 'approximation':
        return approximated(e, of(1), choose);
      case 'coefficient':
        return tabulated(e, of(0));
      case 'local':
        return around(e, of(1), of(2), choose);
      default:
        throw new TypeError(`no error bound for ${e.kind}`);
    }
  };
  return at(root);
}

function constantValue({ value: c, rest }: Expression): Value {
  return rest === 0
    ? value(c, c, 0, 0, gridOf(c))
    : value(down(c), up(c), up(Math.abs(rest)), Infinity);
}

function size(a: Value): Value {
  return a.lo >= 0 ? a : a.hi <= 0 ? negated(a) : { ...a, lo: 0, hi: most(a) };
}

/** What the author of the kernel knows, in one of eight parts: a small interval says more. */
function within(a: Value, [from, to]: readonly [number, number], choose: Choose): Value {
  const step = (to - from) / 8;
  const wide = a.hi - a.lo > 2 * step;
  const part = wide ? choose([0, 1, 2, 3, 4, 5, 6, 7]) : 0;
  const lo = Math.max(a.lo, down(from + step * part));
  const hi = Math.min(a.hi, up(wide ? from + step * (part + 1) : to));
  if (lo > hi) throw new Impossible();
  return value(lo, hi, a.absolute, a.relative, a.grid);
}

const powerOfTwo = (k: number): Value => value(2 ** k, 2 ** k, 0, 0, k);

function timesPower(p: Value, { lo, hi }: Value): Value {
  if (lo === hi) return multiply(p, powerOfTwo(lo), false);
  if (p.lo <= 0) throw new TooWide();
  return value(down(p.lo * 2 ** lo), up(p.hi * 2 ** hi), up(p.absolute * 2 ** hi), p.relative);
}

function tableEntry({ lo, hi }: Value): Value {
  if (lo === hi && lo % 256 === 0) return powerOfTwo(lo / 256);
  return value(down(tableValue(lo)), up(tableValue(hi)), up(tableValue(hi) * UNIT), up(UNIT));
}

const tableValue = (k: number) => twoTo256th[((k % 256) + 256) % 256]! * 2 ** Math.floor(k / 256);

/**
 * The argument's rounding, and that of adding 1.5·2⁵², move the halfway points by less than 2⁻²⁰.
 */
function integer(a: Value, choose: Choose): Value {
  const reach = 0.5 + 2 ** -20 + a.absolute;
  const first = Math.ceil(a.lo - reach);
  const last = Math.floor(a.hi + reach);
  if (most(a) > 2 ** 50) throw new TooWide();
  if (last - first > 1) return value(first, last, 0, 0, 0);
  const k = choose(first === last ? [first] : [first, last]);
  return value(k, k, 0, 0, gridOf(k));
}

/** The exponent of the computed value. */
function magnitude(a: Value, choose: Choose): Value {
  const first = Math.floor(Math.log2(a.lo - a.absolute) - 2 ** -40);
  const last = Math.floor(Math.log2(a.hi + a.absolute) + 2 ** -40);
  if (!(last - first <= 1)) throw new TooWide();
  const k = choose(first === last ? [first] : [first, last]);
  return value(k, k, 0, 0, gridOf(k));
}

function approximated(e: Expression, x: Value, choose: Choose): Value {
  const series = e.series!;
  const lo = down(x.lo - x.absolute);
  const hi = up(x.hi + x.absolute);
  if (lo < series.from - 2 ** -40 || hi > series.to) throw new TooWide();
  const { coefficients, difference } = polynomialOf(e);
  const slope = steepness(series, Math.max(Math.abs(lo), Math.abs(hi)));

  const middle = (lo + hi) / 2;
  const centre = coefficients.reduceRight((total, c) => total * middle + c, 0);
  const far = distance(difference, series, lo, hi);
  const width = up((slope * (hi - lo)) / 2 + far + Math.abs(centre) * 2 ** -45);
  // Rounding errors of the polynomial, at whatever argument was computed.
  const roundings = read(e.of[0]!, new Map([[e.of[1]!, value(lo, hi, 0, 0)]]), choose).absolute;
  const absolute = up(roundings + far + slope * x.absolute);
  return value(down(centre - width), up(centre + width), absolute, Infinity);
}

function tabulated({ around, degree, power }: Expression, { lo: k, hi }: Value): Value {
  if (k !== hi) throw new TooWide();
  const c = table(around!.name, degree)[indexOf(around!, degree, k, power)]!;
  return value(c, c, 0, 0, gridOf(c));
}

/** The polynomial of one centre and its series, as in `approximated`. */
function around(e: Expression, k: Value, h: Value, choose: Choose): Value {
  if (k.lo !== k.hi) throw new TooWide();
  const { coefficients, difference, sizes, tail } = centreOf(e, k.lo);
  const lo = down(h.lo - h.absolute);
  const hi = up(h.hi + h.absolute);
  const reach = Math.max(Math.abs(lo), Math.abs(hi));
  if (reach > 0.5 / e.around!.steps + 2 ** -40) throw new TooWide();
  const steep = sizes.reduceRight((b: number, s, i) => (i ? b * reach + i * s : b), 0);
  const slope = (steep + tail) * (1 + 2 ** -40);

  const middle = (lo + hi) / 2;
  const at = (list: readonly number[], x: number) => list.reduceRight((b, c) => b * x + c, 0);
  const centre = at(coefficients, middle);
  const far = farthest(difference, lo, hi) + tail;
  const width = up((slope * (hi - lo)) / 2 + far + at(sizes, reach) * 2 ** -45);
  const known = new Map([
    [e.of[1]!, k],
    [e.of[2]!, value(lo, hi, 0, 0)],
  ]);
  const roundings = read(e.of[0]!, known, choose).absolute;
  const absolute = up(roundings + far + slope * h.absolute);
  return value(down(centre - width), up(centre + width), absolute, Infinity);
}

interface Centre extends Polynomial {
  readonly sizes: readonly number[];
  readonly tail: number;
}
const centres = new Map<string, Centre>();

/** Of a polynomial: its coefficients, what they differ from the series in, and sizes of the latter. */
function centreOf({ around: series, degree }: Expression, k: number): Centre {
  const key = `${series!.name} ${degree} ${k}`;
  const found = centres.get(key);
  if (found) return found;
  const units = series!.coefficients(k, TERMS, arithmetic);
  const all = table(series!.name, degree);
  const first = indexOf(series!, degree, k, 0);
  const coefficients = [...all.subarray(first, first + degree + 1)];
  const difference = units.map((s, n) =>
    fixed.approximately(fixed.exact(coefficients[n] ?? 0) - s),
  );
  // Of 2⁻⁴⁰⁰ there are 112 bits: coefficients are true to that, units to less than a thousand.
  const sizes = units.map((s) => Math.abs(fixed.approximately(s)) + 2 ** -500);
  const tail = 2 ** -140 * Math.max(...sizes.slice(0, 4));
  const fresh = { coefficients, difference, sizes, tail };
  centres.set(key, fresh);
  return fresh;
}
interface Polynomial {
  readonly coefficients: readonly number[];
  readonly difference: readonly number[];
}
const polynomials = new WeakMap<Expression, Polynomial>();

function polynomialOf(e: Expression): Polynomial {
  const found = polynomials.get(e);
  if (found) return found;
  const coefficients = coefficientsOf(e);
  const fresh = { coefficients, difference: differences(coefficients, e.series!) };
  polynomials.set(e, fresh);
  return fresh;
}

/** Undoes `approximate`: the constants of Estrin's scheme, in order. */
function coefficientsOf(e: Expression): number[] {
  const found: number[] = [];
  const walk = (node: Expression, power: number): void => {
    if (node.kind === 'constant') {
      found[power] = node.value;
      return;
    }
    const [product, rest] = node.of as [Expression, Expression];
    const step = degree(product.of[1]!, e.of[1]!);
    walk(product.of[0]!, power + step);
    walk(rest, power);
  };
  walk(e.of[0]!, 0);
  return found;
}
const degree = (power: Expression, x: Expression): number =>
  power === x ? 1 : 2 * degree(power.of[0]!, x);

/** What a proof is about. */
export interface Claim {
  readonly value: Expression;
  /** What the error is relative to, if not to the value. */
  readonly scale?: Expression | undefined;
  /** The inputs: exact, and within an interval. */
  readonly inputs: readonly (readonly [Expression, Value])[];
}

/** The value for every way the integers may have been chosen; `relative` is to the scale. */
export function errorOn({ value: root, scale, inputs }: Claim): Value {
  let worst: Value | undefined;
  const pending: number[][] = [[]];
  for (let path = pending.pop(); path; path = pending.pop()) {
    const taken = path;
    let step = 0;
    const choose: Choose = (candidates) => {
      const i = taken[step];
      if (i === undefined) {
        for (let other = 1; other < candidates.length; other++)
          pending.push([...taken.slice(0, step), other]);
        taken[step] = 0;
      }
      return candidates[taken[step++]!]!;
    };
    try {
      const known = new Map(inputs);
      const plain = read(root, known, choose);
      const v = scale ? relativeTo(plain, read(scale, known, choose)) : plain;
      if (!worst || !(v.relative <= worst.relative)) worst = v;
    } catch (problem) {
      if (!(problem instanceof Impossible)) throw problem;
    }
  }
  if (!worst) throw new RangeError('no number of this piece is within what the kernel states');
  return worst;
}

/**
 * The error in units of the computed scale. Adding ε of it to the value is rounded too, by 2⁻⁵³ of
 * the scale, which the radius has room for, and of what the value is beyond the scale.
 */
function relativeTo(v: Value, scale: Value): Value {
  const room = down(least(scale) - scale.absolute);
  if (!(room > 0)) throw new TooWide();
  const beyond = Math.max(0, up(most(v) - room));
  if (v.absolute === 0 && beyond === 0) return { ...v, relative: 0 };
  return { ...v, relative: up(up(v.absolute + UNIT * beyond) / room) };
}
