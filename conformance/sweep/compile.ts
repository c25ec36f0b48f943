/**
 * # The enclosures of a block, as code
 *
 * Two inputs at a time, both ends, in WebAssembly with f64x2. The elementary functions do what
 * spec/arithmetic/elementary.ts does, in the same order; only the choice of k differs, where both
 * choices are as good.
 */
import type { Column } from './column.ts';
import { AT } from './memory.ts';
import { errorBeside, isRounded, roundedEnds } from './singles.ts';
import * as wasm from './wasm.ts';
import { type Code, type Routine, splat, V128, v } from './wasm.ts';

export interface Ends {
  readonly lo: Column;
  readonly hi: Column;
}

/** `run(first, count)` for the bit patterns from `first` on: whether every answer is the one rounded result. */
export type Run = (first: number, count: number) => number;

export function instantiate(ends: Ends, memory: WebAssembly.Memory): Run {
  const module = new WebAssembly.Module(wasm.assemble(routinesOf(ends)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports.run as Run;
}

const ELEMENTARY = ['exp', 'expm1', 'log', 'logNearOne'] as const;
type Elementary = (typeof ELEMENTARY)[number];
const isElementary = (kind: string): kind is Elementary =>
  (ELEMENTARY as readonly string[]).includes(kind);

function routinesOf({ lo, hi }: Ends): readonly Routine[] {
  const order = inOrder([lo, hi]);
  const isUsed = (name: Elementary) =>
    order.some(({ kind }) => kind === name || (name === 'logNearOne' && kind === 'log'));
  const used = [...ELEMENTARY].reverse().filter(isUsed);
  const routines = used.map((name) => elementary[name](used.indexOf('logNearOne')));
  return [...routines, runOf(lo, hi, order, used)];
}

/** Each column after those that it is made of. */
function inOrder(roots: readonly Column[]): readonly Column[] {
  const order = new Set<Column>();
  const pending = [...roots];
  for (let next = pending.at(-1); next; next = pending.at(-1)) {
    const missing = next.of.filter((part) => !order.has(part));
    if (missing.length === 0) order.add(pending.pop()!);
    else pending.push(...missing);
  }
  return [...order];
}

/** Words: first, count, i. Vectors: pattern, x, and so on. */
const [FIRST, COUNT, I, PATTERN, ALL, WORST] = [0, 1, 2, 3, 4, 5] as const;
const [LOW, HIGH, FREE, ERROR, ANSWER] = [6, 7, 8, 10, 11] as const;
const LOCALS = ANSWER + 1;

function runOf(
  lo: Column,
  hi: Column,
  order: readonly Column[],
  used: readonly Elementary[],
): Routine {
  const local = new Map(order.map((column, i) => [column, LOCALS + i]));
  const value = (column: Column): Code =>
    isNumber(column) ? splat(column.value) : wasm.get(local.get(column)!);
  const computed = order
    .filter((column) => !isNumber(column))
    .flatMap((column) => [...codeOf(column, value, used), ...wasm.set(local.get(column)!)]);
  const body = [
    ...computed,
    ...judged(value(lo), value(hi), lo === hi),
    ...[wasm.get(PATTERN), wasm.quad(2, 2, 0, 0), v.addWords, wasm.set(PATTERN)].flat(),
  ];
  return {
    ...{ name: 'run', parameters: [wasm.I32, wasm.I32], result: wasm.I32 },
    ...{ words: 1, vectors: LOCALS - PATTERN + order.length },
    code: [
      ...[wasm.get(FIRST), v.splatWord, wasm.quad(0, 1, 0, 0), v.addWords],
      ...[wasm.quad(-1, -1, 0, 0), v.and, wasm.set(PATTERN)],
      ...[wasm.quad(-1, -1, -1, -1), wasm.set(ALL)],
      wasm.inPairs(I, COUNT, body),
      ...[wasm.i32(0), wasm.get(WORST), wasm.store(AT.worst)],
      ...[wasm.get(ALL), v.allWords],
    ].flat(),
  };
}

const isNumber = ({ kind }: Column): boolean => kind === 'constant' || kind === 'special';

function codeOf(column: Column, value: (c: Column) => Code, used: readonly Elementary[]): Code {
  const { kind, of } = column;
  if (kind === 'input') return [...wasm.get(PATTERN), ...v.promote];
  if (kind === 'outwards') return outwards(column, value(of[0]!));
  if (kind === 'quotient') return quotient(of.map(value) as [Code, Code, Code, Code]);
  if (kind === 'sum') return sum(of.map(value) as [Code, Code, Code, Code], column.value);
  const operands = of.flatMap(value);
  if (isElementary(kind)) return [...operands, ...wasm.call(used.indexOf(kind))];
  return [...operands, ...v[kind as 'add' | 'mul' | 'div' | 'sqrt' | 'neg' | 'least' | 'most']];
}

/** a (1 ± share), or a ± (|a| share + 2⁻¹⁰⁷⁰) where the sign is not known or a may be too small. */
function outwards({ value: share, of }: Column, a: Code): Code {
  const [{ min, max }] = of as readonly [Column];
  if (min > 2 ** -1000) return [...a, ...splat(1 + share), ...v.mul];
  if (max < -(2 ** -1000)) return [...a, ...splat(1 - share), ...v.mul];
  const reach = [a, v.abs, splat(share), v.mul, splat(Math.sign(share) * 2 ** -1070), v.add];
  return [...a, ...reach.flat(), ...v.add];
}

/** q where it has few bits and q · b is a, exactly; what is further out elsewhere. */
function quotient([outer, q, b, a]: readonly [Code, Code, Code, Code]): Code {
  const isShort = [q, wasm.bits(2 ** 26 - 1, 0), v.and, splat(0), v.equalLongs].flat();
  const isExact = [...isShort, ...q, ...b, ...v.mul, ...a, ...v.equal, ...v.and];
  return [...q, ...outer, ...isExact, ...v.select];
}

/** s where the error of s = a + b (Knuth's, exact) does not point to that side; what is further out elsewhere. */
function sum([outer, s, a, b]: readonly [Code, Code, Code, Code], side: number): Code {
  const rest = [...s, ...a, ...v.sub];
  const errorOfA = [...a, ...s, ...rest, ...v.sub, ...v.sub];
  const error = [...errorOfA, ...b, ...rest, ...v.sub, ...v.add];
  const isInside = side < 0 ? [...splat(0), ...error] : [...error, ...splat(0)];
  return [...s, ...outer, ...isInside, ...v.lessOrEqual, ...v.select];
}

/** Stores the ends, compares what was got, and keeps the largest error of what the ends round to. */
function judged(lo: Code, hi: Code, isPoint: boolean): Code {
  const ends = { low: LOW, high: HIGH };
  const got = [...wasm.offset(I, 4), ...wasm.loadHalf(AT.got)];
  const stored = [
    ...[...wasm.offset(I, 8), ...lo, ...wasm.store(AT.lo)],
    ...[...wasm.offset(I, 8), ...hi, ...wasm.store(AT.hi)],
  ];
  const due = [...wasm.get(LOW), ...v.promote];
  return [
    ...stored,
    ...roundedEnds(lo, hi, isPoint, { ...ends, free: FREE }),
    ...[...got, ...wasm.set(ANSWER)],
    ...isRounded(wasm.get(ANSWER), isPoint, ends),
    ...[wasm.get(ALL), v.and, wasm.set(ALL)].flat(),
    ...[...errorBeside(due, lo, hi), ...wasm.set(ERROR)],
    // An overflow has no error.
    ...[wasm.get(WORST), wasm.get(ERROR)].flat(),
    ...[due, v.abs, splat(Infinity), v.less, v.and].flat(),
    ...[...v.most, ...wasm.set(WORST)],
  ];
}

// Elementary functions: one vector in, one out. -----------------------------------------------------

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

const routine = (vectors: number, code: readonly Code[]): Routine => ({
  ...{ parameters: [V128], result: V128, words: 0, vectors },
  code: code.flat(),
});

const downFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: first - last + 1 }, (_, i) => first - i);

/** Leaves k in local 1, 2ᵏ in local 2 and e^r − 1 in local 3. */
const reduction: readonly Code[] = [
  [...wasm.get(0), ...splat(Math.LOG2E), ...v.mul, ...v.nearest, ...wasm.set(1)],
  // k + 1023 in the low bits of a float64 between 2⁵² and 2⁵³, shifted to where its exponent is.
  [
    ...wasm.get(1),
    ...splat(2 ** 52 + 1023),
    ...v.add,
    ...wasm.i32(52),
    ...v.shiftUp,
    ...wasm.set(2),
  ],
  [...wasm.get(0), ...wasm.get(1), ...splat(LN2_HIGH), ...v.mul, ...v.sub],
  [...wasm.get(1), ...splat(LN2_LOW), ...v.mul, ...v.sub, ...wasm.set(1)],
  [
    ...splat(0),
    ...downFrom(14, 2).flatMap((n) => [wasm.get(1), v.mul, splat(1 / factorial(n)), v.add].flat()),
  ],
  [...wasm.get(1), ...wasm.get(1), ...v.mul, ...v.mul, ...wasm.get(1), ...v.add, ...wasm.set(3)],
];
/** Of local 0. */
const nearOne: readonly Code[] = [
  [...wasm.get(0), ...splat(2), ...wasm.get(0), ...v.add, ...v.div, ...wasm.set(1)],
  [...wasm.get(1), ...wasm.get(1), ...v.mul, ...wasm.set(2)],
  [
    ...splat(0),
    ...downFrom(12, 1).flatMap((n) => [splat(1 / (2 * n + 1)), v.add, wasm.get(2), v.mul].flat()),
  ],
  [...splat(1), ...v.add, ...splat(2), ...wasm.get(1), ...v.mul, ...v.mul],
];
const MANTISSA = wasm.bits(-1, 0xfffff);

const elementary: { readonly [name in Elementary]: (near: number) => Routine } = {
  exp: () =>
    routine(3, [
      ...reduction,
      [...wasm.get(2), ...wasm.get(2), ...wasm.get(3), ...v.mul, ...v.add],
    ]),
  expm1: () =>
    routine(3, [
      ...reduction,
      [...wasm.get(2), ...splat(1), ...v.sub, ...wasm.get(2), ...wasm.get(3), ...v.mul, ...v.add],
    ]),
  logNearOne: () => routine(2, nearOne),
  // x = 2ᵏ m: local 1 is m, local 2 whether it is above √2, local 3 is k.
  log: (near) =>
    routine(3, [
      [...wasm.get(0), ...MANTISSA, ...v.and, ...wasm.bits(0, 0x3ff00000), ...v.or, ...wasm.set(1)],
      [...wasm.get(1), ...splat(Math.SQRT2), ...v.greater, ...wasm.set(2)],
      [...wasm.get(0), ...wasm.i32(52), ...v.shiftDown, ...wasm.bits(0, 0x43300000), ...v.or],
      [...splat(2 ** 52 + 1023), ...v.sub],
      [...wasm.get(2), ...splat(1), ...v.and, ...v.add, ...wasm.set(3)],
      [
        ...wasm.get(1),
        ...splat(0.5),
        ...v.mul,
        ...wasm.get(1),
        ...wasm.get(2),
        ...v.select,
        ...wasm.set(1),
      ],
      [...wasm.get(3), ...splat(LN2_HIGH), ...v.mul],
      [...wasm.get(1), ...splat(1), ...v.sub, ...wasm.call(near)],
      [...wasm.get(3), ...splat(LN2_LOW), ...v.mul, ...v.add, ...v.add],
    ]),
};
