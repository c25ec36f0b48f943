/**
 * # What correct rounding costs
 *
 * Each elementwise kernel as operators run it, beside its fast formula alone, rounded once and not
 * tested: in the same module format, with the same copying, taking turns.
 */
import { type Reading, readings } from '../../src/kernel/reading.ts';
import { type Run, readAs } from '../../src/kernel/rounded.ts';
import { elementwiseKernels } from '../../src/kernels.ts';
import type { Candidate } from './candidate.ts';
import { draw } from './cases.ts';
import type { Measure } from './measure.ts';
import { ratioOf, type Timing, timingOf } from './statistics.ts';

type Simd = Extract<Reading, 'fma' | 'simd'>;

export interface Cost {
  readonly kernel: string;
  readonly reading: Simd;
  readonly size: string;
  /** Nanoseconds per element. */
  readonly rounded: Timing;
  readonly fast: Timing;
  /** rounded by fast. */
  readonly ratio: { readonly min: number; readonly median: number };
}

/** A block in the cache, and what memory has to bring. */
export const SIZES: readonly string[] = ['4096', '1e6'];

const candidate = (name: string, run: Run, x: Float32Array): Candidate => {
  const y = new Float32Array(x.length);
  const again = () => run(x, y);
  const answer = () => {
    again();
    return { value: y };
  };
  return { name, isAsync: false, run: again, answer };
};

/** Kernels that can be told what to do without parameters, and are tested at all. */
const tested = elementwiseKernels.filter(
  (kernel) => kernel.parameters.length === 0 && !kernel.isExact([]),
);

/** The costs of all kernels in all SIMD readings that this engine has, one by one. */
export async function* costs(measure: Measure, sizes = SIZES): AsyncIterableIterator<Cost> {
  for (const reading of readings.filter((name) => name === 'fma' || name === 'simd'))
    for (const kernel of tested)
      for (const size of sizes) {
        const [rounded, fast] = [readAs(kernel, reading), readAs(kernel, reading, true)];
        if (!rounded || !fast) continue;
        const x = draw({ op: 'sigmoid', pass: 'forward', size }).input;
        const pair = [candidate('rounded', rounded, x), candidate('fast', fast, x)];
        const samples = await measure(pair);
        const timing = (name: string): Timing => {
          const found = samples.get(name) ?? new Error(`${name} was not measured`);
          if (found instanceof Error) throw found;
          return timingOf(found.map((ns) => ns / x.length));
        };
        const both = { rounded: timing('rounded'), fast: timing('fast') };
        const ratio = ratioOf(both.fast, both.rounded);
        yield { kernel: kernel.name, reading, size, ...both, ratio };
      }
}
