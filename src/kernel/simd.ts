/**
 * # A kernel read as WebAssembly SIMD
 *
 * Two elements at a time, each a float64.
 */
import {
  type Code,
  extractWord,
  f64x2,
  get,
  I32,
  i32,
  i32x,
  i64x2,
  lowers,
  set,
  tee,
  uppers,
  V128,
  v128,
} from './assembler.ts';
import { bitsOf, type Constants, type Loads, SPILL, TABLE } from './constants.ts';
import { code, type Expression } from './expression.ts';
import { type LocalSeries, strideOf } from './local.ts';
import { TO_INTEGER } from './number.ts';

/** Emits expressions of one routine. */
export class Emitter {
  readonly constants: Loads;
  readonly fused: boolean;
  readonly locals: number[] = [];
  readonly parameters: number;

  constructor(constants: Loads, parameters: number, fused: boolean) {
    this.constants = constants;
    this.parameters = parameters;
    this.fused = fused;
  }

  /**
   * Constants that stay in locals, for loops that need few: code is what loads them, once the
   * routine is written.
   */
  static holding(constants: Constants, parameters: number, fused: boolean) {
    const held = new Map<bigint, number>();
    const loadBits = (bits: bigint): Code => {
      const local = held.get(bits) ?? emitter.local();
      held.set(bits, local);
      return get(local);
    };
    const emitter: Emitter = new Emitter(
      {
        loadBits,
        load: (value) => loadBits(bitsOf(value)),
        coefficients: (series, degree) => constants.coefficients(series, degree),
      },
      parameters,
      fused,
    );
    const prologue = (): Code =>
      [...held].flatMap(([bits, local]) => [...constants.loadBits(bits), ...set(local)]);
    return { emitter, prologue };
  }

  local(type: number = V128): number {
    return this.parameters + this.locals.push(type) - 1;
  }

  /** Leaves the value of `root` on the stack. `known` tells which local an expression is in. */
  emit(root: Expression, known: ReadonlyMap<Expression, number>, memory?: Memory): Code {
    return this.emitEach([root], known, memory)[0]!;
  }

  /** The same for several that may share parts; their code must run in this order. */
  emitEach(
    roots: readonly Expression[],
    known: ReadonlyMap<Expression, number>,
    memory: Memory = nothing,
  ): readonly Code[] {
    const emission = new Emission(this, roots, known, memory);
    return roots.map((root) => emission.value(root));
  }
}

/** What is not computed but read, and what is stored once it is computed. */
export interface Memory {
  /** Code that reads e, or undefined if e has to be computed. */
  readonly read: (e: Expression) => Code | undefined;
  /** Code that stores the value on the stack and leaves it there. */
  readonly keep: (e: Expression) => Code;
}
const nothing: Memory = {
  read: () => undefined,
  keep(e) {
    throw new TypeError(`${e.kind} has no place to be kept`);
  },
};

/** The coefficients of a polynomial, which differs from lane to lane. */
interface Row {
  readonly k: Expression;
  readonly around: LocalSeries;
  readonly degree: number;
  /** Their address, for each lane. */
  readonly lanes: readonly [number, number];
  /** Locals that have coefficients 2i and 2i + 1, for each lane. */
  readonly pairs: (readonly [number, number])[];
}

/** Expressions on their way to code. What is used twice gets a local. */
class Emission {
  readonly emitter: Emitter;
  readonly memory: Memory;
  readonly uses: Map<Expression, number>;
  readonly known: Map<Expression, number>;
  /** Sums of a `nearest` integer with TO_INTEGER. */
  readonly shifted = new Map<Expression, number>();
  /** Polynomials of local series. */
  readonly rows: Row[] = [];
  /** Comparisons that were made. */
  readonly masks: { a: Expression; b: Expression; local: number }[] = [];

  constructor(
    emitter: Emitter,
    roots: readonly Expression[],
    known: ReadonlyMap<Expression, number>,
    memory: Memory,
  ) {
    this.emitter = emitter;
    this.known = new Map(known);
    this.memory = memory;
    // Uses are counted after fusing: a fused product is no value, its factors are used again.
    this.uses = countUses(roots, known, (e) => (memory.read(e) ? [] : this.operands(e)));
  }

  value(expression: Expression): Code {
    const e = code(expression);
    if (e.kind === 'constant') return this.emitter.constants.load(e.value);
    const local = this.known.get(e);
    if (local !== undefined) return get(local);
    const computed = this.memory.read(e) ?? this.operation(e);
    if ((this.uses.get(e) ?? 0) < 2) return computed;
    const fresh = this.emitter.local();
    this.known.set(e, fresh);
    return [...computed, ...tee(fresh)];
  }

  /** Whether an addition and the multiplication under it become one instruction. */
  private fuses(e: Expression): boolean {
    const adds = e.kind === 'plus' || e.kind === 'nearest';
    const product = e.kind === 'minus' ? e.of[1] : adds ? e.of[0] : undefined;
    return this.emitter.fused && product !== undefined && code(product).kind === 'times';
  }

  /** What has to be computed before e, in the order in which its instruction wants it. */
  private operands(e: Expression): readonly Expression[] {
    if (!this.fuses(e)) return e.of;
    const [a, b] = e.of.map(code) as [Expression, Expression];
    return e.kind === 'minus' ? [...b.of, a] : [...a.of, ...e.of.slice(1)];
  }

  private operation(e: Expression): Code {
    const all = () => this.operands(e).flatMap((operand) => this.value(operand));
    const fused = this.fuses(e);
    switch (e.kind) {
      case 'plus':
        return [...all(), ...(fused ? f64x2.madd : f64x2.add)];
      case 'minus':
        return [...all(), ...(fused ? f64x2.nmadd : f64x2.sub)];
      case 'times':
        return [...all(), ...f64x2.mul];
      case 'div':
        return [...all(), ...f64x2.div];
      case 'sqrt':
        return [...all(), ...f64x2.sqrt];
      case 'abs':
        return [...all(), ...f64x2.abs];
      case 'min':
        return [...all(), ...f64x2.pmin];
      case 'max':
        return [...all(), ...f64x2.pmax];
      default:
        return this.bitOperation(e);
    }
  }

  private bitOperation(e: Expression): Code {
    const { constants } = this.emitter;
    const [a, b, yes, no] = e.of as [Expression, Expression, Expression, Expression];
    switch (e.kind) {
      case 'kept':
        return [...this.value(a), ...this.memory.keep(e)];
      case 'negate':
        return this.negative(code(a));
      case 'less':
        return [
          ...this.value(yes),
          ...this.value(no),
          ...this.mask(code(a), code(b)),
          ...v128.bitselect,
        ];
      case 'withSignOf':
        return [...this.value(b), ...this.value(a), ...constants.load(-0), ...v128.bitselect];
      case 'nearest':
        return [...this.integerBits(e), ...constants.load(TO_INTEGER), ...f64x2.sub];
      case 'scaled':
        return [...this.value(a), ...this.shiftedBits(b, 52), ...i64x2.add];
      case 'twoTo256ths':
        return [...this.tableValue(a), ...this.shiftedBits(a, 44), ...i64x2.add];
      case 'coefficient':
        return this.coefficient(e);
      case 'exponent':
        return this.exponent(a);
      case 'mantissa':
        return [
          ...[...this.value(a), ...constants.loadBits((1n << 52n) - 1n), ...v128.and],
          ...[...constants.load(1), ...v128.or],
        ];
      default:
        throw new TypeError(`${e.kind} has no SIMD reading`);
    }
  }

  /** All ones where a < b; the same question is asked once. */
  private mask(a: Expression, b: Expression): Code {
    const found = this.masks.find((mask) => isSame(mask.a, a) && isSame(mask.b, b));
    if (found) return get(found.local);
    const code = [...this.value(a), ...this.value(b), ...f64x2.less];
    const local = this.emitter.local();
    this.masks.push({ a, b, local });
    return [...code, ...tee(local)];
  }

  private negative(a: Expression): Code {
    if (a.kind !== 'nearest') return [...this.value(a), ...f64x2.neg];
    return [...this.emitter.constants.load(TO_INTEGER), ...this.integerBits(a), ...f64x2.sub];
  }

  /** The exponent field as the low bits of 2⁵², minus 2⁵² + 1023. */
  private exponent(a: Expression): Code {
    const { constants } = this.emitter;
    return [
      ...[...this.value(a), ...i32(52), ...i64x2.shrU, ...constants.load(2 ** 52), ...v128.or],
      ...[...constants.load(2 ** 52 + 1023), ...f64x2.sub],
    ];
  }

  /** k in the low bits, for k = nearest(x). */
  private integerBits(k: Expression): Code {
    if (k.kind !== 'nearest') throw new TypeError('an integer must come from nearest');
    const local = this.shifted.get(k);
    if (local !== undefined) return get(local);
    const fresh = this.emitter.local();
    this.shifted.set(k, fresh);
    const operands = this.operands(k).flatMap((operand) => this.value(operand));
    const add = this.fuses(k) ? f64x2.madd : f64x2.add;
    return [...operands, ...this.emitter.constants.load(TO_INTEGER), ...add, ...tee(fresh)];
  }

  private shiftedBits(k: Expression, places: number): Code {
    return [...this.integerBits(code(k)), ...i32(places), ...i64x2.shl];
  }

  /** The entries of the table for the low eight bits of k: through memory, where ports are idle. */
  private tableValue(k: Expression): Code {
    const lookUp = (lane: number) => [
      ...[...i32(0), ...i32x.loadByte(SPILL + 8 * lane)],
      ...[...i32(3), ...i32x.shl],
    ];
    return [
      ...[...i32(0), ...this.integerBits(code(k)), ...v128.store(SPILL)],
      ...[...lookUp(1), ...lookUp(0), ...v128.loadZero(TABLE), ...v128.loadUpper(TABLE)],
    ];
  }

  /** Where the coefficients of a polynomial are, and code that finds it out the first time. */
  private row(e: Expression): { readonly code: Code; readonly row: Row } {
    const k = code(e.of[0]!);
    const { around, degree } = e;
    const known = this.rows.find(
      (row) => row.k === k && row.around === around && row.degree === degree,
    );
    if (known) return { code: [], row: known };
    const lanes = [this.emitter.local(I32), this.emitter.local(I32)] as const;
    const row: Row = { k, around: around!, degree, lanes, pairs: [] };
    this.rows.push(row);
    const start = this.emitter.constants.coefficients(around!, degree);
    const bytes = 8 * strideOf(degree);
    const address = (lane: 0 | 1): Code => [
      ...[...this.integerBits(k), ...extractWord(2 * lane), ...i32(bytes), ...i32x.mul],
      ...[...i32(start), ...i32x.add, ...set(lanes[lane])],
    ];
    return { code: [...address(0), ...address(1)], row };
  }

  /** Two coefficients at a time for each lane, which are put together by power. */
  private coefficient(e: Expression): Code {
    const { code, row } = this.row(e);
    const pair = e.power >> 1;
    const pick = e.power % 2 ? uppers : lowers;
    const found = row.pairs[pair];
    if (found) return [...get(found[0]), ...get(found[1]), ...pick];
    const fresh = [this.emitter.local(), this.emitter.local()] as const;
    row.pairs[pair] = fresh;
    const load = (lane: 0 | 1): Code => [
      ...[...get(row.lanes[lane]), ...v128.load(16 * pair), ...tee(fresh[lane])],
    ];
    return [...code, ...load(0), ...load(1), ...pick];
  }
}

const isSame = (a: Expression, b: Expression): boolean =>
  a === b || (a.kind === 'constant' && b.kind === 'constant' && Object.is(a.value, b.value));

/** How often each expression is used by others, not looking into those that are known. */
function countUses(
  roots: readonly Expression[],
  known: ReadonlyMap<Expression, number>,
  operands: (e: Expression) => readonly Expression[],
) {
  const uses = new Map<Expression, number>();
  const visit = (expression: Expression): void => {
    const e = code(expression);
    const count = uses.get(e) ?? 0;
    uses.set(e, count + 1);
    if (count === 0 && !known.has(e)) operands(e).forEach(visit);
  };
  roots.forEach(visit);
  return uses;
}
