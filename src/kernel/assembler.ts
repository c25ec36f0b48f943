/**
 * # WebAssembly in bytes
 *
 * Code is a list of bytes; a function that emits code returns one. Only what the kernels
 * use is here. Names and numbers are those of the specification (webassembly.github.io/spec,
 * "Binary Format").
 */
export type Code = readonly number[];

/** Unsigned and signed LEB128. */
function unsigned(n: number): Code {
  const low = n & 127;
  return n > 127 ? [low | 128, ...unsigned(n >>> 7)] : [low];
}
function signed(n: number): Code {
  const low = n & 127;
  const rest = n >> 7;
  const done = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return done ? [low] : [low | 128, ...signed(rest)];
}

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
/** A load or store: alignment 1, `offset` bytes after the address on the stack. */
const memory =
  (opcode: number) =>
  (offset = 0): Code => [...simd(opcode), 0, ...unsigned(offset)];

export const I32 = 0x7f;
export const V128 = 0x7b;

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const call = (index: number): Code => [0x10, ...unsigned(index)];
export const i32 = (n: number): Code => [0x41, ...signed(n)];
export const i32x = {
  add: [0x6a],
  sub: [0x6b],
  and: [0x71],
  shl: [0x74],
  equals: [0x46],
  lessU: [0x49],
  greaterU: [0x4b],
  load: [0x28, 0, 0],
  mul: [0x6c],
  loadByte: (offset: number): Code => [0x2d, 0, ...unsigned(offset)],
  store: [0x36, 0, 0],
};

/**
 * `loop body; condition; br_if 0; end`: repeats `body` for as long as `condition` holds after it.
 */
export const repeat = (body: Code, condition: Code): Code =>
  [[0x03, 0x40], body, condition, [0x0d, 0, 0x0b]].flat();
/** `condition; if body; end`. */
export const when = (condition: Code, body: Code): Code =>
  [condition, [0x04, 0x40], body, [0x0b]].flat();

/** `condition; if yes; else no; end`, either of which leaves a vector. */
export const choose = (condition: Code, yes: Code, no: Code): Code =>
  [condition, [0x04, V128], yes, [0x05], no, [0x0b]].flat();

export const v128 = {
  load: memory(0x00),
  store: memory(0x0b),
  /** One float32 into all four lanes, one float64 into both. */
  loadFloat: memory(0x09),
  loadDouble: memory(0x0a),
  /** One lane. */
  storeFloat: (offset = 0, lane = 0): Code => [...memory(0x5a)(offset), lane],
  storeDouble: (offset = 0, lane = 0): Code => [...memory(0x5b)(offset), lane],
  /** Eight bytes into the lower half, zero above. */
  loadZero: memory(0x5d),
  /** Eight bytes into the upper half of the vector on the stack. */
  loadUpper: (offset = 0): Code => [...memory(0x57)(offset), 1],
  shuffle: (...bytes: number[]): Code => [...simd(0x0d), ...bytes],
  and: simd(0x4e),
  or: simd(0x50),
  xor: simd(0x51),
  bitselect: simd(0x52),
  anyTrue: simd(0x53),
};
export const f64x2 = {
  demote: simd(0x5e),
  abs: simd(0xec),
  neg: simd(0xed),
  sqrt: simd(0xef),
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  div: simd(0xf3),
  pmin: simd(0xf6),
  pmax: simd(0xf7),
  less: simd(0x49),
  madd: simd(0x107),
  nmadd: simd(0x108),
};
export const f32x4 = { pmax: simd(0xeb), promote: simd(0x5f) };
export const i64x2 = {
  add: simd(0xce),
  shl: simd(0xcb),
  shrU: simd(0xcd),
  splat: simd(0x12),
  replaceUpper: [...simd(0x1e), 1],
};
/** One of four i32. */
export const extractWord = (lane: number): Code => [...simd(0x1b), lane];
/** An i64: all ones if the i32 condition is 1, zero if it is 0. */
export const allOnes = (condition: Code): Code => [[0x42, 0], condition, [0xad, 0x7d]].flat();

const bytesOf = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => first + i);
/** The lower halves of two vectors, and the upper ones. */
export const lowers = v128.shuffle(...bytesOf(0, 8), ...bytesOf(16, 8));
export const uppers = v128.shuffle(...bytesOf(8, 8), ...bytesOf(24, 8));

/** A function of i32 parameters and one i32 result; locals are numbered after the parameters. */
export interface Routine {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly number[];
  readonly code: Code;
}

/** Bytes and where they are in memory. */
export interface Segment {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A module that exports the routines and a memory with some content. */
export function assemble(
  routines: readonly Routine[],
  segments: readonly Segment[],
  pages: number,
): Uint8Array<ArrayBuffer> {
  const types = routines.map((r) => [0x60, ...list(Array(r.parameters).fill([I32])), 1, I32]);
  const exports = routines.map((r, i) => [...text(r.name), 0, ...unsigned(i)]);
  const code = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(3, list(routines.map((_, i) => unsigned(i)))),
    ...section(5, list([[0, ...unsigned(pages)]])),
    ...section(7, list([[...text('memory'), 2, 0], ...exports])),
    ...section(10, list(routines.map(body))),
  ];
  return joined([code, ...dataSection(segments)]);
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
/** Names here are ASCII. */
const text = (s: string): Code => list([...s].map((character) => [character.charCodeAt(0)]));

/** Section 11 in parts: tables are too long to be spread. */
function dataSection(segments: readonly Segment[]): readonly ArrayLike<number>[] {
  const count = unsigned(segments.length);
  const parts = segments.flatMap(({ at, bytes }) => [
    [0, ...i32(at), 0x0b, ...unsigned(bytes.length)],
    bytes,
  ]);
  const size = parts.reduce((total, part) => total + part.length, count.length);
  return [[11, ...unsigned(size), ...count], ...parts];
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function body(routine: Routine): Code {
  const code = [...list(routine.locals.map((type) => [1, type])), ...routine.code, 0x0b];
  return [...unsigned(code.length), ...code];
}
