/**
 * # What the answers of a chunk err by
 *
 * Of a candidate that is often wrong: from the ends that the code of a block has left in the memory, in
 * ulp, or 0 where the answer is the rounded result. NaN where it has to be looked at: float64 does not tell,
 * an overflow is due, or the exact result is near the middle between two floats.
 */
import { AT } from './memory.ts';
import { errorBeside, isRounded, roundedEnds } from './singles.ts';
import * as wasm from './wasm.ts';
import { type Routine, splat, v } from './wasm.ts';

/** Fills the errors of so many; what rounds by more than `near` ulp is to be looked at. */
export type Errors = (count: number, near: number) => void;

export function instantiateErrors(memory: WebAssembly.Memory, isPoint: boolean): Errors {
  const module = new WebAssembly.Module(wasm.assemble([routine(isPoint)]));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports.errors as Errors;
}

const [COUNT, NEAR, I] = [0, 1, 2] as const;
const [LO, HI, GOT, LOW, HIGH, DUE, RIGHT, FREE] = [3, 4, 5, 6, 7, 8, 9, 10] as const;

function routine(isPoint: boolean): Routine {
  const [lo, hi] = [wasm.get(LO), wasm.get(HI)];
  const ends = { low: LOW, high: HIGH };
  const isBounded = [...wasm.get(DUE), ...v.abs, ...splat(Infinity), ...v.less];
  const near = [...wasm.get(NEAR), ...v.splatDouble];
  // Not so where the ends round to two floats: one of them is half an ulp off or more.
  const isPlain = [...errorBeside(wasm.get(DUE), lo, hi), ...near, ...v.lessOrEqual];
  const answer = [...wasm.get(GOT), ...v.promote];
  const body = [
    ...[...wasm.offset(I, 8), ...wasm.load(AT.lo), ...wasm.set(LO)],
    ...[...wasm.offset(I, 8), ...wasm.load(AT.hi), ...wasm.set(HI)],
    ...[...wasm.offset(I, 4), ...wasm.loadHalf(AT.got), ...wasm.set(GOT)],
    ...roundedEnds(lo, hi, isPoint, { ...ends, free: FREE }),
    ...[...isRounded(wasm.get(GOT), isPoint, ends), ...v.extendLow, ...wasm.set(RIGHT)],
    ...[...wasm.get(LOW), ...v.promote, ...wasm.set(DUE)],
    ...wasm.offset(I, 8),
    ...[splat(0), errorBeside(answer, lo, hi), wasm.get(RIGHT), v.select].flat(),
    ...[isBounded, isPlain, v.and, v.not, v.or].flat(),
    ...wasm.store(AT.errors),
  ];
  return {
    ...{ name: 'errors', parameters: [wasm.I32, wasm.F64], words: 1, vectors: FREE + 2 - LO },
    code: wasm.inPairs(I, COUNT, body),
  };
}
