/**
 * # Ends of a whole block of inputs
 *
 * A third kind of ends beside decimals and float64: an expression in the input, together with what is
 * known of it for every input of the block. Definitions are read with it unchanged, once for each
 * block, and compile.ts makes code of what comes out. Where the formula asks what is true of some inputs
 * only, the reading throws `Undecided`, and the block is split.
 *
 * What is exact is known beforehand, from the grain: a number that is a multiple of 2^grain and below
 * 2^(53 + grain) has a float64. Everything else is moved outwards, by at least its error.
 */
import { ERROR } from '../../spec/arithmetic/elementary.ts';
import { floats } from '../../spec/arithmetic/float-ends.ts';
import {
  type Directed,
  type Enclosing,
  type Ends,
  enclosing,
  Interval,
} from '../../spec/arithmetic/interval.ts';
import { Undecided } from '../../spec/real.ts';

/** Float64 operations, rounded to nearest, and the elementary functions with an error below `ERROR`. */
export type Operation =
  | 'add'
  | 'mul'
  | 'div'
  | 'sqrt'
  | 'neg'
  | 'least'
  | 'most'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'logNearOne';

export interface Column {
  readonly kind: 'input' | 'constant' | 'special' | 'outwards' | 'quotient' | 'sum' | Operation;
  readonly of: readonly Column[];
  /** Of a constant, or ±∞ or NaN; how far outwards, relative to the size, below 0 where that is down. */
  readonly value: number;
  /** Bounds of what is computed. */
  readonly min: number;
  readonly max: number;
  /** It is a multiple of 2^grain; −∞ where nothing is known. */
  readonly grain: number;
}

/** The inputs from `min` to `max`, all of one sign and multiples of 2^grain. */
export interface Inputs {
  readonly min: number;
  readonly max: number;
  readonly grain: number;
}

export interface Block {
  readonly arithmetic: Enclosing<Column>;
  readonly input: Interval<Column>;
}

const { down: floatDown, up: floatUp } = floats.ends;

/** What an operation gives, moved outwards by more than its rounding error; normal numbers only need the factor. */
const ROUNDING = 2 ** -52;
/** Twentieth parts of the claim are left for the rounding of the move itself. */
const ELEMENTARY = 1.05 * ERROR;

/** An argument beside which a square is nothing in float64. */
const TINY = 2 ** -60;
const FAR = 700;
/** More than e^−700. */
const NOTHING = 2 ** -1009;
/** From here on nothing underflows. */
const NORMAL = 2 ** -960;

/** Expressions that are equal are one object, so that an end that is computed twice is a point. */
export function block(inputs: Inputs): Block {
  const known = new Map<string, Column>();
  const numbers = new Map<Column, number>();
  const unique = (column: Column): Column => {
    const key = `${column.kind} ${column.value} ${column.of.map((c) => numbers.get(c)).join(' ')}`;
    const found = known.get(key);
    if (found) return found;
    known.set(key, column);
    numbers.set(column, numbers.size);
    return column;
  };
  const input = unique({ kind: 'input', of: [], value: 0, ...inputs });
  const arithmetic = enclosing(endsOf(unique));
  return { arithmetic, input: new Interval(arithmetic, input, input) };
}

type Unique = (column: Column) => Column;

const constantOf = (unique: Unique) => (value: number) =>
  unique({ kind: 'constant', of: [], value, min: value, max: value, grain: grainOf(value) });

const isConstant = ({ kind }: Column): boolean => kind === 'constant';
const isPowerOfTwo = (a: Column): boolean =>
  isConstant(a) && a.value !== 0 && Math.abs(a.value) === 2 ** exponentOf(a.value);
const isExactly = (a: Column, value: number): boolean => isConstant(a) && a.value === value;

/** The largest power of two that it is a multiple of. */
function grainOf(value: number): number {
  if (value === 0) return 1100;
  if (!Number.isFinite(value)) return -Infinity;
  let grain = Math.max(-1074, exponentOf(value) - 52);
  while (Number.isInteger(value / 2 ** (grain + 1)) && grain < 1000) grain++;
  return grain;
}
const exponentOf = (value: number): number => {
  word.setFloat64(0, value);
  return ((word.getUint32(0) >>> 20) & 0x7ff) - 1023;
};
const word = new DataView(new ArrayBuffer(8));

/** Of an exact number, that it has the bits of a float32: a product with 29 more is exact. */
const isShort = (a: Column): boolean => a.grain > -Infinity && largest(a) < 2 ** (24 + a.grain);
const isLong = (a: Column): boolean =>
  isConstant(a) && parted(a.value)[1] !== 0 && Math.abs(a.value) > 2 ** -500;
/** Two parts of a float64, of 29 and of 24 bits. */
function parted(value: number): readonly [number, number] {
  const unit = 2 ** (exponentOf(value) - 28);
  const high = Math.round(value / unit) * unit;
  return [high, value - high];
}

const smallest = ({ min, max }: Column): number => (min > 0 ? min : max < 0 ? -max : 0);
const largest = ({ min, max }: Column): number => Math.max(-min, max);

/** −1 or 1 where all are, 0 of the constant 0; `undefined` where it depends on the input. */
const signOf = (a: Column): number | undefined =>
  a.min > 0 ? 1 : a.max < 0 ? -1 : isExactly(a, 0) ? 0 : undefined;

function bounded(values: readonly number[]): { readonly min: number; readonly max: number } {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(min) || !Number.isFinite(max)) throw new Undecided('no bound in float64');
  return { min, max };
}
/** Twice the share, which leaves room for the rounding of the move. */
const moved = (x: number, to: -1 | 1, share: number): number =>
  x + to * (Math.abs(x) * 2 * share + 2 ** -1070);

function endsOf(unique: Unique): Ends<Column> {
  const constant = constantOf(unique);
  const special = (value: number): Column =>
    unique({ kind: 'special', of: [], value, min: value, max: value, grain: -Infinity });
  const neg = (a: Column): Column => {
    if (a.kind === 'special') return special(-a.value);
    if (isConstant(a)) return constant(a.value === 0 ? 0 : -a.value);
    if (a.kind === 'neg') return a.of[0]!;
    return unique({ kind: 'neg', of: [a], value: 0, min: -a.max, max: -a.min, grain: a.grain });
  };
  const chosen = (kind: 'least' | 'most', a: Column, b: Column): Column => {
    const pick = kind === 'least' ? Math.min : Math.max;
    if (a === b || a.max <= b.min) return kind === 'least' ? a : b;
    if (b.max <= a.min) return kind === 'least' ? b : a;
    const bounds = { min: pick(a.min, b.min), max: pick(a.max, b.max) };
    return unique({ kind, of: [a, b], value: 0, ...bounds, grain: Math.min(a.grain, b.grain) });
  };
  return {
    digits: floats.ends.digits,
    down: directed(unique, -1),
    up: directed(unique, 1),
    read(x) {
      if (typeof x === 'string' && !Number.isFinite(Number(x)))
        return [constant(Number.MAX_VALUE), constant(Infinity)];
      const [lo, hi] = floats.ends.read(x);
      if (!Number.isFinite(lo)) return [special(lo), special(lo)];
      return [constant(lo), lo === hi ? constant(lo) : constant(hi)];
    },
    pi: [constant(floats.ends.pi[0]), constant(floats.ends.pi[1])],
    neg,
    sign(a) {
      if (a.kind === 'special') return Math.sign(a.value);
      const sign = signOf(a);
      if (sign === undefined) throw new Undecided('the sign depends on the input');
      return sign;
    },
    // An open end that is infinite is a bound all the same.
    isFinite: ({ kind }) => kind !== 'special',
    less: (a, b) => a !== b,
    least: (a, b) => chosen('least', a, b),
    most: (a, b) => chosen('most', a, b),
    toNumber: (a) => (isConstant(a) || a.kind === 'special' ? a.value : (signOf(a) ?? Number.NaN)),
  };
}

function directed(unique: Unique, side: -1 | 1): Directed<Column> {
  const constant = constantOf(unique);
  const floatSide = side < 0 ? floatDown : floatUp;

  /** Moved outwards by this share of its size. */
  const outwards = (a: Column, share: number): Column => {
    const [min, max] =
      side < 0 ? [moved(a.min, -1, share), a.max] : [a.min, moved(a.max, 1, share)];
    return unique({ kind: 'outwards', of: [a], value: side * share, min, max, grain: -Infinity });
  };
  /** What is computed, as far as an error of this share of it may take it beyond the bounds of the exact result. */
  const computed = (
    kind: Operation,
    of: readonly Column[],
    bounds: readonly number[],
    share: number,
  ) => {
    const { min, max } = bounded(bounds);
    return unique({
      ...{ kind, of, value: 0, grain: -Infinity },
      ...{ min: moved(min, -1, share), max: moved(max, 1, share) },
    });
  };
  /** Of a size below this nobody asks for more than the sign. */
  const nothing = (isPositive: boolean): Column =>
    isPositive === side < 0 ? constant(0) : constant(side * NOTHING);
  const result = (
    kind: Operation,
    of: readonly Column[],
    bounds: readonly number[],
    grain = -Infinity,
  ): Column => {
    const { min, max } = bounded(bounds);
    if (grain >= -1074 && Math.max(-min, max) < 2 ** (53 + grain))
      return unique({ kind, of, value: 0, min, max, grain });
    if (min >= 0 && max < NOTHING) return nothing(true);
    if (max <= 0 && min > -NOTHING) return nothing(false);
    return outwards(computed(kind, of, bounds, ROUNDING), ROUNDING);
  };

  /** What is moved outwards, or not: code tells, from the operands. */
  const unless = (kind: 'quotient' | 'sum', moved: Column, of: readonly Column[]): Column => {
    const { min, max } = moved;
    const all = [moved, moved.of[0]!, ...of];
    return unique({ kind, of: all, value: side, min, max, grain: -Infinity });
  };
  /** Of two exact numbers: moved outwards only where it does not multiply back. */
  const quotient = (a: Column, b: Column, bounds: readonly number[]): Column => {
    const moved = outwards(computed('div', [a, b], bounds, ROUNDING), ROUNDING);
    const isSingle = isConstant(b) && Math.fround(b.value) === b.value;
    if (!isSingle || a.grain < -1074 || smallest(a) < NORMAL) return moved;
    return unless('quotient', moved, [b, a]);
  };

  /** Moved outwards only where the error of the sum, which is a float64, points there. */
  const sum = (a: Column, b: Column, bounds: readonly number[]): Column => {
    const moved = outwards(computed('add', [a, b], bounds, ROUNDING), ROUNDING);
    return unless('sum', moved, [a, b]);
  };
  /** Of a short number and a constant of all bits: near a tie of float32 one product would not do. */
  const inParts = (a: Column, { value }: Column): Column => {
    const times = (part: number): Column => {
      const b = constant(part);
      return result('mul', [a, b], corners('mul', a, b), a.grain + b.grain);
    };
    const [high, low] = parted(value);
    return sum(times(high), times(low), corners('mul', a, constant(value)));
  };

  /** A function that rises, from its values at both bounds of its argument. */
  const rising = (
    kind: Operation,
    a: Column,
    f: (x: number, side: -1 | 1) => number,
    share: number,
  ) => outwards(computed(kind, [a], [f(a.min, -1), f(a.max, 1)], share), share);
  const at = (f: 'sqrt' | 'exp' | 'expm1' | 'log' | 'log1p') => (x: number, to: -1 | 1) =>
    (to < 0 ? floatDown : floatUp)[f](x);

  /** a + b, where b is too small to be seen beside a. */
  const absorbing = (a: Column, b: Column): Column => {
    if (signOf(b) === -side) return a;
    return isConstant(a)
      ? constant(floatSide.add(a.value, side * 2 ** -1074))
      : outwards(a, ROUNDING);
  };

  /** A multiple by a power of two is exact where nothing underflows. */
  const scaled = (a: Column, b: Column): Column => {
    const { min, max } = bounded(corners('mul', a, b));
    const grain = a.grain + b.grain;
    if (grain >= -1074 || smallest(a) * Math.abs(b.value) > NORMAL)
      return unique({ kind: 'mul', of: [a, b], value: 0, min, max, grain });
    return result('mul', [a, b], [min, max]);
  };

  return {
    add(a, b) {
      if (isConstant(a) && isConstant(b)) return constant(floatSide.add(a.value, b.value));
      if (isExactly(a, 0)) return b;
      if (isExactly(b, 0)) return a;
      if (largest(b) < TINY * smallest(a)) return absorbing(a, b);
      if (largest(a) < TINY * smallest(b)) return absorbing(b, a);
      const bounds = [floatDown.add(a.min, b.min), floatUp.add(a.max, b.max)];
      return a.kind === 'sum' || b.kind === 'sum'
        ? sum(a, b, bounds)
        : result('add', [a, b], bounds, Math.min(a.grain, b.grain));
    },
    mul(a, b) {
      if (isConstant(a) && isConstant(b)) return constant(floatSide.mul(a.value, b.value));
      if (isExactly(a, 0) || isExactly(b, 0)) return constant(0);
      if (isExactly(a, 1)) return b;
      if (isExactly(b, 1)) return a;
      if (isPowerOfTwo(b)) return scaled(a, b);
      if (isPowerOfTwo(a)) return scaled(b, a);
      if (isLong(b) && isShort(a)) return inParts(a, b);
      if (isLong(a) && isShort(b)) return inParts(b, a);
      return result('mul', [a, b], corners('mul', a, b), a.grain + b.grain);
    },
    div(a, b) {
      if (isExactly(a, 0)) return a;
      // An open end: what is divided by less and less has no bound.
      if (isExactly(b, 0)) return constant(side * Infinity);
      if (isConstant(a) && isConstant(b)) return constant(floatSide.div(a.value, b.value));
      if (signOf(b) === undefined) throw new Undecided('a divisor whose sign depends on the input');
      if (isPowerOfTwo(b)) return scaled(a, constant(1 / b.value));
      const bounds = corners('div', a, b);
      return Math.min(...bounds.map(Math.abs)) < NOTHING
        ? result('div', [a, b], bounds)
        : quotient(a, b, bounds);
    },
    sqrt(a) {
      if (isConstant(a)) return constant(floatSide.sqrt(a.value));
      if (a.min < 0) throw new Undecided('a root of what may be negative');
      return rising('sqrt', a, at('sqrt'), ROUNDING);
    },
    exp(a) {
      if (isConstant(a)) return constant(floatSide.exp(a.value));
      if (largest(a) < TINY && signOf(a) !== undefined) return absorbing(constant(1), a);
      if (a.max < -FAR) return constant(side < 0 ? 0 : NOTHING);
      within(a);
      return rising('exp', a, at('exp'), ELEMENTARY);
    },
    // Of a tiny a: a < e^a − 1 < a + a².
    expm1(a) {
      if (isConstant(a)) return constant(floatSide.expm1(a.value));
      if (largest(a) < TINY && signOf(a)) return side < 0 ? a : outwards(a, ROUNDING);
      if (a.max < -FAR) return side < 0 ? constant(-1) : constant(floatUp.add(-1, 2 ** -1074));
      within(a);
      return rising('expm1', a, at('expm1'), ELEMENTARY);
    },
    // Of a tiny a: a − a² < ln(1 + a) < a.
    log1p(a) {
      if (isConstant(a)) return constant(floatSide.log1p(a.value));
      if (largest(a) < TINY && signOf(a)) return side < 0 ? outwards(a, ROUNDING) : a;
      if (smallest(a) < NORMAL) throw new Undecided('a subnormal in float64');
      if (a.min > -0.29 && a.max < 0.41) return rising('logNearOne', a, at('log1p'), ELEMENTARY);
      if (a.min > -0.29 && a.min < 0.41) throw new Undecided('two ways to a logarithm');
      if (a.max > -0.29 && a.max < 0.41) throw new Undecided('two ways to a logarithm');
      const sums = [floatDown.add(a.min, 1), floatUp.add(a.max, 1)];
      const one = computed('add', [a, constant(1)], sums, ROUNDING);
      return rising('log', one, at('log'), ELEMENTARY);
    },
    log(a) {
      if (isConstant(a)) return constant(floatSide.log(a.value));
      if (a.min < NORMAL) throw new Undecided('a logarithm of what may be nothing');
      return rising('log', a, at('log'), ELEMENTARY);
    },
  };
}

const corners = (operation: 'mul' | 'div', a: Column, b: Column): readonly number[] =>
  [a.min, a.max].flatMap((x) =>
    [b.min, b.max].flatMap((y) => [floatDown[operation](x, y), floatUp[operation](x, y)]),
  );

function within(a: Column): void {
  if (a.min < -FAR || a.max > FAR) throw new Undecided('exp beyond float64');
}
