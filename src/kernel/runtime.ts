/** # What the JavaScript of a kernel calls: bit operations on float64 */
import { table } from './local.ts';
import { twoTo256th } from './table.ts';

/** 2ᵏ at index k + 1023, for −1023 < k < 1024. */
const powers = new Float64Array(2048);
for (let i = 1023, p = 1; i < 2047; i++, p *= 2) powers[i] = p;
for (let i = 1023, p = 1; i > 0; i--, p /= 2) powers[i] = p;

const float = new Float64Array(1);
/** Little-endian: the sign and the exponent are in the second word. */
const word = new Uint32Array(float.buffer);

export const runtime = {
  powers,
  twoTo256ths: (k: number) => twoTo256th[k & 255]! * powers[(k >> 8) + 1023]!,
  exponent(x: number) {
    float[0] = x;
    return (word[1]! >>> 20) - 1023;
  },
  mantissa(x: number) {
    float[0] = x;
    word[1] = (word[1]! & 0xfffff) | 0x3ff00000;
    return float[0];
  },
  table,
  withSignOf: (x: number, y: number) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

export type Runtime = typeof runtime;
