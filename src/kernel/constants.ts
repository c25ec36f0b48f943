/**
 * # Constants in the memory of a module
 *
 * V8 would rebuild them from immediates in every round of a loop.
 */
import { type Code, i32, type Segment, v128 } from './assembler.ts';
import { type LocalSeries, strideOf, table } from './local.ts';
import { twoTo256th } from './table.ts';

/** Where the table of 2^(j/256) is, and 16 bytes for passing integers from vectors to addresses. */
export const TABLE = 4096;
export const SPILL = TABLE + 8 * 256;
/** Where parameters are, each twice. */
export const PARAMETERS = SPILL + 16;
/** Where the memory is free. */
export const HEAP = 8192;
export const PAGE = 65536;

export const bitsOf = (value: number): bigint =>
  new BigUint64Array(new Float64Array([value]).buffer)[0]!;

/** The constants of a module, each twice, from address 0, and the table. */
export class Constants {
  readonly words: bigint[] = [];
  /** From the second page on. */
  private readonly tables = new Map<
    string,
    { readonly at: number; readonly values: Float64Array }
  >();

  load(value: number): Code {
    return this.loadBits(bitsOf(value));
  }
  loadBits(bits: bigint): Code {
    let i = this.words.indexOf(bits);
    if (i < 0) i = this.words.push(bits) - 1;
    return [...i32(0), ...v128.load(16 * i)];
  }
  /** The address of the coefficients for k = 0, of the polynomials of a local series. */
  coefficients({ name, from }: LocalSeries, degree: number): number {
    const key = `${name} ${degree}`;
    const found = this.tables.get(key) ?? { at: this.end, values: table(name, degree) };
    this.tables.set(key, found);
    return found.at - 8 * from * strideOf(degree);
  }
  private get end(): number {
    const last = [...this.tables.values()].at(-1);
    return last ? last.at + last.values.byteLength : PAGE;
  }
  get pages(): number {
    return Math.ceil(this.end / PAGE);
  }
  get segments(): readonly Segment[] {
    const tables = [...this.tables.values()];
    return [
      { at: 0, bytes: this.bytes },
      ...tables.map(({ at, values }) => ({ at, bytes: new Uint8Array(values.buffer) })),
    ];
  }
  private get bytes(): Uint8Array {
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
export type Loads = Pick<Constants, 'load' | 'loadBits' | 'coefficients'>;
