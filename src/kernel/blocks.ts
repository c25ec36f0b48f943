/**
 * # Routines of a module on arrays of any length
 *
 * Some thousand elements at a time are copied to the memory of the module and results back; what a
 * routine lists as undecided is rounded one by one. Sharing memory with the caller is not worth it:
 * copying costs a tenth.
 */
import { HEAP } from './constants.ts';
import { instantiate } from './instances.ts';

/** Elements per round: x, y, u and the list fit into the memory's only page, and into L1. */
const BLOCK = 4096;
const LIST = HEAP;
const X = LIST + BLOCK;
const Y = X + 4 * BLOCK;
const U = Y + 4 * BLOCK;

type Routine = (x: number, y: number, end: number, list: number, u: number) => number;

/** undefined where the engine cannot run the module. */
export function blockFunction(
  bytes: Uint8Array<ArrayBuffer>,
  routine: 'fast' | 'product' | 'plain',
  rounded: (x: number, factor?: number) => number,
) {
  const exports = instantiate(bytes);
  if (!exports) return undefined;
  const { buffer } = exports.memory as WebAssembly.Memory;
  const run = exports[routine] as Routine;
  const [x, y, u] = [X, Y, U].map((at) => new Float32Array(buffer, at, BLOCK)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const list = new Uint32Array(buffer, LIST, BLOCK / 4);
  u.fill(1);

  return (values: Float32Array, factors: Float32Array | undefined, out: Float32Array): void => {
    for (let start = 0; start < values.length; start += BLOCK) {
      const n = Math.min(BLOCK, values.length - start);
      x.set(values.subarray(start, start + n));
      if (factors) u.set(factors.subarray(start, start + n));
      const undecided = (run(X, Y, X + 4 * n, LIST, U) - LIST) / 4;
      for (let k = 0; k < undecided; k++) {
        const first = (list[k]! - X) / 4;
        for (let i = first; i < first + 4; i++) y[i] = rounded(x[i]!, u[i]!);
      }
      if (factors) infinite(x, u, y, n, rounded);
      out.set(y.subarray(0, n), start);
    }
  };
}

/** An infinite factor may meet what is 0, and not only rounded to it. */
function infinite(
  x: Float32Array,
  u: Float32Array,
  y: Float32Array,
  n: number,
  rounded: (x: number, factor?: number) => number,
): void {
  for (let i = 0; i < n; i++) if (!Number.isFinite(u[i])) y[i] = rounded(x[i]!, u[i]!);
}
