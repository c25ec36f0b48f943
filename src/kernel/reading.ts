/**
 * # Which reading of a kernel runs
 *
 * The first of these that the engine has: WebAssembly SIMD with fused multiply-add, without it,
 * JavaScript compiled here, or JavaScript that was written by tools/generate.ts, for places where
 * text must not be compiled. All give the same bits.
 */
import { preparations } from './instances.ts';

export const readings = ['fma', 'simd', 'javascript', 'generated'] as const;
export type Reading = (typeof readings)[number];

let forced: Reading | undefined;

/** Makes everything run in one reading, for tests and measurements; undefined: in the fastest. */
export function force(reading: Reading | undefined): void {
  forced = reading;
}

/** One machine for each reading, built when it is first asked for, or asked for after `prepare`. */
export function fastestOf<Machine>(
  build: (reading: Reading) => Machine | undefined,
): () => Machine {
  const built = new Map<Reading | undefined, Machine>();
  let times = 0;
  return () => {
    if (times !== preparations()) built.clear();
    times = preparations();
    const found = built.get(forced);
    if (found) return found;
    const fresh = firstOf(forced ? [forced] : readings, build);
    built.set(forced, fresh);
    return fresh;
  };
}

function firstOf<Machine>(
  list: readonly Reading[],
  build: (reading: Reading) => Machine | undefined,
): Machine {
  for (const reading of list) {
    const machine = build(reading);
    if (machine) return machine;
  }
  throw new Error(`this engine cannot run ${list.join(', ')}`);
}
