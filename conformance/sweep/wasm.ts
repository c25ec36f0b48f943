/**
 * # WebAssembly in bytes, as far as sweeps need it
 *
 * Code is a list of bytes. Names and numbers are those of the specification (webassembly.github.io/spec,
 * "Binary Format"). Nothing here is shared with the kernels that are judged.
 */
export type Code = readonly number[];

const unsigned = (n: number): Code =>
  n > 127 ? [(n & 127) | 128, ...unsigned(n >>> 7)] : [n & 127];
function signed(n: number): Code {
  const low = n & 127;
  const rest = n >> 7;
  const isLast = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];

export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const call = (routine: number): Code => [0x10, ...unsigned(routine)];
export const i32 = (n: number): Code => [0x41, ...signed(n)];
const [i32add, i32mul, i32less] = [[0x6a], [0x6c], [0x49]] as const;

const double = new Float64Array(2);
/** A float64 in both lanes. */
export function splat(value: number): Code {
  double.fill(value);
  return [...simd(0x0c), ...new Uint8Array(double.buffer)];
}
const words = new Uint32Array(4);
/** Two words of each lane, the lower one first. */
export function bits(low: number, high: number): Code {
  words.set([low, high, low, high]);
  return [...simd(0x0c), ...new Uint8Array(words.buffer)];
}
/** Four words. */
export function quad(...four: readonly number[]): Code {
  words.set(four);
  return [...simd(0x0c), ...new Uint8Array(words.buffer)];
}

/** An address on the stack, and bytes after it. */
const at = (opcode: number, offset: number): Code => [...simd(opcode), 0, ...unsigned(offset)];
export const load = (offset: number): Code => at(0x00, offset);
export const store = (offset: number): Code => at(0x0b, offset);
export const loadHalf = (offset: number): Code => at(0x5d, offset);

export const v = {
  not: simd(0x4d),
  and: simd(0x4e),
  or: simd(0x50),
  select: simd(0x52),
  splatWord: simd(0x11),
  splatDouble: simd(0x14),
  equalWords: simd(0x37),
  equalSingles: simd(0x41),
  addWords: simd(0xae),
  allWords: simd(0xa3),
  extendLow: simd(0xc7),
  shiftUp: simd(0xcb),
  shiftDown: simd(0xcd),
  equalLongs: simd(0xd6),
  equal: simd(0x47),
  notEqual: simd(0x48),
  less: simd(0x49),
  greater: simd(0x4a),
  lessOrEqual: simd(0x4b),
  demote: simd(0x5e),
  promote: simd(0x5f),
  nearest: simd(0x94),
  abs: simd(0xec),
  neg: simd(0xed),
  sqrt: simd(0xef),
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  div: simd(0xf3),
  least: simd(0xf6),
  most: simd(0xf7),
} as const;

/** `loop body; condition; br_if 0; end`. */
const repeat = (body: Code, condition: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...condition,
  ...[0x0d, 0, 0x0b],
];

/** What is at `size` bytes for each of `i`. */
export const offset = (i: number, size: number): Code => [...get(i), ...i32(size), ...i32mul];

/** `body` for i = 0, 2, 4, … below `count`, once at least. */
export const inPairs = (i: number, count: number, body: Code): Code => {
  const next = [...get(i), ...i32(2), ...i32add, ...set(i)];
  return repeat([...body, ...next], [...get(i), ...get(count), ...i32less]);
};

/** Locals are numbered after the parameters; those of vectors come after those of words. */
export interface Routine {
  readonly name?: string;
  readonly parameters: readonly number[];
  readonly result?: number;
  readonly words: number;
  readonly vectors: number;
  readonly code: Code;
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (s: string): Code => list([...s].map((character) => [character.charCodeAt(0)]));
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

function bodyOf({ words: count, vectors, code }: Routine): Code {
  const locals = list([
    [...unsigned(count), I32],
    [...unsigned(vectors), V128],
  ]);
  return [...unsigned(locals.length + code.length + 1), ...locals, ...code, 0x0b];
}

/** A module that imports `env.memory` and exports the routines that have a name. */
export function assemble(routines: readonly Routine[]): Uint8Array<ArrayBuffer> {
  const types = routines.map(({ parameters, result }) => [
    ...[0x60, ...list(parameters.map((type) => [type]))],
    ...list(result === undefined ? [] : [[result]]),
  ]);
  const exports = routines.flatMap(({ name }, i) =>
    name === undefined ? [] : [[...text(name), 0, ...unsigned(i)]],
  );
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([[...text('env'), ...text('memory'), 2, 0, 1]])),
    ...section(3, list(routines.map((_, i) => unsigned(i)))),
    ...section(7, list(exports)),
    ...section(10, list(routines.map(bodyOf))),
  ]);
}
