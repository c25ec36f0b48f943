/**
 * # Where the time of a softmax goes
 *
 * Its kernel beside kernels that stop after each of its passes, on the same blocks of rows, taking
 * turns; what a pass takes is the difference. Copies are measured alone, and the operator as it is
 * called. A cross-entropy with its gradient makes the same passes.
 */
import { softmaxKernels } from '../../src/activations/softmax.ts';
import { softmax } from '../../src/index.ts';
import { type Expression, input } from '../../src/kernel/expression.ts';
import { gather, scatter } from '../../src/kernel/rows/copy.ts';
import type { RowKernel } from '../../src/kernel/rows/language.ts';
import { machineOf, type Room } from '../../src/kernel/rows/machine.ts';
import { rowsAtATime } from '../../src/kernel/rows/run.ts';
import { logSumExp } from '../../src/math/log-sum-exp.ts';
import { rowsOf } from '../../src/tensor.ts';
import type { Candidate } from './candidate.ts';
import { draw } from './cases.ts';
import type { Measure } from './measure.ts';
import { timingOf } from './statistics.ts';

/** What each prefix of the kernel adds to the one before it, and what is around it. */
export const PASSES = ['call', 'maximum', 'exponentials', 'scaling'] as const;
export const AROUND = ['copy in', 'copy out', 'operator'] as const;
type Part = (typeof PASSES)[number] | (typeof AROUND)[number];

export interface Profile {
  readonly size: string;
  /** Nanoseconds per element, minima. What `operator` has beyond the sum of the others is the rest. */
  readonly parts: Readonly<Record<Part | 'rest', number>>;
}

export const SIZES: readonly string[] = ['64x1000', '1024x1000', '32x50257'];

const [x, nothing] = [input('x'), input('nothing')];
const { m, total } = logSumExp(x);
/** Computes one number for each row and what that needs. */
const only = (usual: Expression): RowKernel => ({
  ...{ name: 'a part of softmax', inputs: [x], scalars: [nothing] },
  ...{ results: {}, rowResults: {}, usual },
});
const PREFIXES: readonly RowKernel[] = [only(nothing), only(m), only(total), softmaxKernels.value];

const candidate = (name: Part, run: () => void, value: Float32Array): Candidate => {
  const answer = () => {
    run();
    return { value };
  };
  return { name, isAsync: false, run, answer };
};

/** What is measured at one size, or undefined where the engine has no SIMD. */
function candidatesFor(size: string): readonly Candidate[] | undefined {
  const { input: data, shape } = draw({ op: 'softmax', pass: 'forward', size });
  const rows = rowsOf(shape, 1);
  const most = rowsAtATime(rows);
  const out = new Float32Array(data.length);
  const inBlocks = (visit: (first: number, count: number) => void) => () => {
    for (let first = 0; first < rows.count; first += most)
      visit(first, Math.min(most, rows.count - first));
  };
  const rooms = PREFIXES.map((kernel) => machineOf(kernel, 'simd')?.(most, rows.length));
  if (!rooms.every((room): room is Room => room !== undefined)) return undefined;
  for (const { floats } of rooms) floats.x!.set(data.subarray(0, most * rows.length));
  const [own, made] = [rooms[0]!.floats.x!, rooms.at(-1)!.floats.y!];
  const run = ({ run: compute }: Room) => inBlocks((_, count) => compute(count));
  const copyIn = inBlocks((first, count) => gather(data, own, rows, first, count));
  const copyOut = inBlocks((first, count) => scatter(made, out, rows, first, count));
  return [
    ...PASSES.map((name, i) => candidate(name, run(rooms[i]!), made)),
    candidate('copy in', copyIn, own),
    candidate('copy out', copyOut, out),
    candidate('operator', () => softmax({ input: { data, shape } }, undefined, out), out),
  ];
}

export async function* profiles(measure: Measure, sizes = SIZES): AsyncIterableIterator<Profile> {
  for (const size of sizes) {
    const candidates = candidatesFor(size);
    if (!candidates) return;
    const samples = await measure(candidates);
    const elements = candidates.at(-1)!.answer();
    yield { size, parts: partsOf(samples, (await elements).value.length) };
  }
}

function partsOf(samples: Awaited<ReturnType<Measure>>, elements: number): Profile['parts'] {
  const ns = (name: Part): number => {
    const found = samples.get(name) ?? new Error(`${name} was not measured`);
    if (found instanceof Error) throw found;
    return timingOf(found).min / elements;
  };
  const passes = PASSES.map((name, i) => [name, ns(name) - (i === 0 ? 0 : ns(PASSES[i - 1]!))]);
  const around = AROUND.map((name) => [name, ns(name)]);
  const parts = Object.fromEntries([...passes, ...around]) as Record<Part, number>;
  const rest = ns('operator') - ns('scaling') - ns('copy in') - ns('copy out');
  return { ...parts, rest };
}
