/**
 * # Routines of a module on arrays of any length
 *
 * Some thousand elements at a time are copied to the memory of the module and results back; what a
 * routine lists as undecided is rounded one by one. Sharing memory with the caller is not worth it:
 * copying costs a tenth.
 */
import { HEAP, PARAMETERS } from './constants.ts';
import { instantiate } from './instances.ts';
import type { Numbers } from './kernel.ts';
import type { Rounded } from './one.ts';

/** Elements per round: x, y, u and the list fit into the memory's only page, and into L1. */
const BLOCK = 4096;
const LIST = HEAP;
const X = LIST + BLOCK;
/** A copy from Y + 16 modulo 4096, where large arrays begin, would seem to read what it has written. */
const ASIDE = 1024;
const Y = X + 4 * BLOCK + ASIDE;
const U = Y + 4 * BLOCK;

/** All ones in what is infinite or NaN. */
const EXPONENT = 0x7f800000;

type Routine = (x: number, y: number, end: number, list: number, u: number) => number;

/** undefined where the engine cannot run the module. */
export function blockFunction(
  bytes: Uint8Array<ArrayBuffer>,
  roundedAt: (numbers: Numbers) => Rounded,
) {
  const exports = instantiate(bytes);
  if (!exports) return undefined;
  const { buffer } = exports.memory as WebAssembly.Memory;
  const run = exports.run as Routine;
  const array = (at: number) => new Float32Array(buffer, at, BLOCK);
  const [x, y, u] = [array(X), array(Y), array(U)];
  const bits = new Uint32Array(buffer, U, BLOCK);
  const list = new Uint32Array(buffer, LIST, BLOCK / 4);
  u.fill(1);

  return (
    values: Float32Array,
    factors: Float32Array | undefined,
    out: Float32Array,
    numbers: Numbers,
  ): void => {
    const rounded = roundedAt(numbers);
    writeParameters(buffer, numbers);
    for (let start = 0; start < values.length; start += BLOCK) {
      const n = Math.min(BLOCK, values.length - start);
      x.set(values.subarray(start, start + n));
      if (factors) u.set(factors.subarray(start, start + n));
      const undecided = (run(X, Y, X + 4 * n, LIST, U) - LIST) / 4;
      for (let k = 0; k < undecided; k++) {
        const first = (list[k]! - X) / 4;
        for (let i = first; i < first + 4; i++) y[i] = rounded(x[i]!, u[i]!);
      }
      // An infinite factor may meet what is 0, and not only rounded to it.
      for (let i = 0; factors && i < n; i++)
        if ((bits[i]! & EXPONENT) === EXPONENT) y[i] = rounded(x[i]!, u[i]!);
      out.set(y.subarray(0, n), start);
    }
  };
}

/** Each twice, for two elements. */
function writeParameters(buffer: ArrayBuffer, numbers: Numbers): void {
  if (numbers.length === 0) return;
  const slots = new Float64Array(buffer, PARAMETERS, 2 * numbers.length);
  for (let i = 0; i < slots.length; i++) slots[i] = numbers[i >> 1]!;
}
