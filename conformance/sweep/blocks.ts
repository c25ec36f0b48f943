/**
 * # All inputs of a format, in order of their bit patterns
 *
 * A shard is some of the parts. Only float32 is swept in blocks: a block is a range of patterns with one sign
 * and one exponent, so that its numbers are in order and have the same grain; or a single pattern whose
 * result is stated, not computed.
 */
import { type Format, float32, fromBits } from '../../spec/format.ts';

/** In how many parts the patterns come: in float32 they are those of one sign and exponent. */
export const PARTS = 512;
export const patternsIn = ({ bits }: Format): number => 2 ** bits;

/** The patterns from `from` to `to`, without `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Kind = 'numbers' | 'stated' | 'nan';
export interface Block extends Range {
  readonly kind: Kind;
}

const SIGN = 2 ** 31;
const EXPONENT = 2 ** 23;
const INFINITY = 255 * EXPONENT;

export const numberAt = (pattern: number, format: Format = float32): number =>
  fromBits(BigInt(pattern), format);

const words = new DataView(new ArrayBuffer(4));
export function patternOf(x: number): number {
  words.setFloat32(0, x);
  return words.getUint32(0);
}

/** The parts of shard i of n, i from 1 on. */
export function partsOf(i: number, n: number, format: Format): readonly Range[] {
  const size = patternsIn(format) / PARTS;
  const [first, end] = [i - 1, i].map((k) => Math.floor((k * PARTS) / n)) as [number, number];
  return Array.from({ length: end - first }, (_, k) => ({
    from: (first + k) * size,
    to: (first + k + 1) * size,
  }));
}

/** Blocks that together are the range; at each of `apart` a block of its own. */
export function* blocksOf({ from, to }: Range, apart: readonly number[]): IterableIterator<Block> {
  const cuts = apart.flatMap((pattern) => [pattern, pattern + 1]);
  const ends = new Set([...boundaries(), ...cuts].filter((at) => at > from && at < to));
  let start = from;
  for (const end of [...[...ends].sort((a, b) => a - b), to]) {
    yield { from: start, to: end, kind: kindOf(start, apart) };
    start = end;
  }
}

function* boundaries(): IterableIterator<number> {
  for (const sign of [0, SIGN]) {
    yield sign;
    yield sign + 1;
    for (let exponent = 1; exponent <= 255; exponent++) yield sign + exponent * EXPONENT;
    yield sign + INFINITY + 1;
  }
}

function kindOf(pattern: number, apart: readonly number[]): Kind {
  const size = pattern % SIGN;
  if (size > INFINITY) return 'nan';
  return size === 0 || size === INFINITY || apart.includes(pattern) ? 'stated' : 'numbers';
}

/** What is known of the numbers of a block. */
export function inputsOf({ from, to }: Range): { min: number; max: number; grain: number } {
  const [first, last] = [numberAt(from), numberAt(to - 1)];
  const exponent = Math.max(Math.floor((from % SIGN) / EXPONENT), 1) - 127;
  return { min: Math.min(first, last), max: Math.max(first, last), grain: exponent - 23 };
}
