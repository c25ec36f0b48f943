/**
 * # Constants in the memory of a module
 *
 * V8 would rebuild them from immediates in every round of a loop.
 */
import { type Code, i32, v128 } from './assembler.ts';
import { twoTo256th } from './table.ts';

/** Where the table of 2^(j/256) is, and 16 bytes for passing integers from vectors to addresses. */
export const TABLE = 4096;
export const SPILL = TABLE + 8 * 256;
/** Where parameters are, each twice. */
export const PARAMETERS = SPILL + 16;
/** Where the memory is free. */
export const HEAP = 8192;

export const bitsOf = (value: number): bigint =>
  new BigUint64Array(new Float64Array([value]).buffer)[0]!;

/** The constants of a module, each twice, from address 0, and the table. */
export class Constants {
  readonly words: bigint[] = [];

  load(value: number): Code {
    return this.loadBits(bitsOf(value));
  }
  loadBits(bits: bigint): Code {
    let i = this.words.indexOf(bits);
    if (i < 0) i = this.words.push(bits) - 1;
    return [...i32(0), ...v128.load(16 * i)];
  }
  get bytes(): Uint8Array {
    const words = new BigUint64Array(SPILL / 8);
    words.set(this.words.flatMap((w) => [w, w]));
    // j is taken off the exponent, because adding k·2⁴⁴ = (256·⌊k/256⌋ + j)·2⁴⁴ puts it on again.
    const table = new BigUint64Array(Float64Array.from(twoTo256th).buffer);
    words.set(
      table.map((bits, j) => bits - (BigInt(j) << 44n)),
      TABLE / 8,
    );
    return new Uint8Array(words.buffer);
  }
}

/** How code gets at a constant. */
export type Loads = Pick<Constants, 'load' | 'loadBits'>;
