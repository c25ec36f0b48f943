/**
 * # Taking turns
 *
 * In every round each candidate runs for its part of the time, and every round begins with another
 * one, so that what disturbs the machine or fills the heap falls on all alike. A sample is the time
 * of a batch of runs that is long enough for the clock.
 */
import { Bench } from 'tinybench';
import type { Candidate } from './candidate.ts';

export interface Budget {
  /** For one candidate and case. */
  readonly seconds: number;
  readonly rounds: number;
}

/** Nanoseconds of one run, or why there are none. */
export type Samples = readonly number[] | Error;
export type Measure = (candidates: readonly Candidate[]) => Promise<ReadonlyMap<string, Samples>>;

/** A batch takes about this: a thousand times what the clock can tell apart. */
const BATCH_MS = 0.3;
/** Engines compile what is hot after some thousand runs or some milliseconds. */
const WARM_MS = 15;
/** Whose time is used up by fewer samples still gets these. */
const LEAST_SAMPLES = 2;

interface Taking {
  readonly candidate: Candidate;
  readonly batch: number;
  readonly samples: number[];
  spent: number;
  failure?: Error;
}

export const measureFor =
  ({ seconds, rounds }: Budget): Measure =>
  async (candidates) => {
    const all: Taking[] = [];
    for (const candidate of candidates) all.push(await warmUp(candidate, seconds * 1e3));
    for (let round = 0; round < rounds; round++) {
      const first = round % Math.max(1, all.length);
      const turn = [...all.slice(first), ...all.slice(0, first)].filter(
        ({ samples, spent, failure }) =>
          !failure && (samples.length < LEAST_SAMPLES || spent < seconds * 1e3),
      );
      await runRound(turn, (seconds * 1e3) / rounds);
    }
    return new Map(all.map((taking) => [taking.candidate.name, outcomeOf(taking)]));
  };

const outcomeOf = ({ samples, failure }: Taking): Samples => failure ?? samples;

/** A first run that takes all the time there is must count, or slow candidates would take ages. */
async function warmUp(candidate: Candidate, budget: number): Promise<Taking> {
  const taking = { candidate, samples: [], spent: 0 };
  try {
    await candidate.prepare?.();
    const start = performance.now();
    let runs = 0;
    let passed = 0;
    // The first runs compile; what is left of the time says how long one takes.
    for (let size = 1; passed < WARM_MS; size *= 2) {
      const before = performance.now();
      await batchOf(candidate, size)();
      passed = performance.now() - start;
      runs = size / (performance.now() - before);
    }
    const batch = Math.max(1, Math.round(BATCH_MS * runs));
    if (1 < budget * runs) return { ...taking, batch };
    return { candidate, batch, samples: [1e6 / runs], spent: 1 / runs };
  } catch (problem) {
    return { ...taking, batch: 1, failure: asError(problem) };
  }
}

function batchOf({ run, isAsync }: Candidate, size: number): () => void | Promise<void> {
  if (isAsync)
    return async () => {
      for (let i = 0; i < size; i++) await run();
    };
  return () => {
    for (let i = 0; i < size; i++) run();
  };
}

async function runRound(turn: readonly Taking[], time: number): Promise<void> {
  const bench = new Bench({ time, iterations: 1, warmup: false, retainSamples: true });
  for (const { candidate, batch } of turn) {
    const beforeAll = async () => candidate.prepare?.();
    bench.add(candidate.name, batchOf(candidate, batch), { async: candidate.isAsync, beforeAll });
  }
  await bench.run();
  for (const taking of turn) collect(taking, bench);
}

function collect(taking: Taking, bench: Bench): void {
  const result = bench.getTask(taking.candidate.name)?.result;
  if (result?.state !== 'completed') {
    const problem = result?.state === 'errored' ? result.error : new Error('was not measured');
    taking.failure = problem;
    return;
  }
  for (const ms of result.latency.samples ?? []) {
    taking.samples.push((ms * 1e6) / taking.batch);
    taking.spent += ms;
  }
}

const asError = (problem: unknown): Error =>
  problem instanceof Error ? problem : new Error(String(problem));
