/**
 * # Several processes for one check
 *
 * Each of them tests a shard with a candidate of its own, and the whole is the same run in every byte.
 * Their results come as lines of JSON as they are found; after Ctrl-C those that have come are a report.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { type Named, showNamed } from '../adapters/index.ts';
import { EXIT, failure } from '../failure.ts';
import { planOf } from '../plan.ts';
import { cutShort, joined, type Part } from '../report/join.ts';
import { readRun } from '../report/read.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { interruptions, progressOn } from '../watching.ts';
import type { CheckOptions } from './check.ts';
import { prepare } from './conclude.ts';
import { concludeMerged } from './merge.ts';

const MOST = 64;
/** More candidates than this are started only by those who ask for them. */
const UNASKED = 4;

/**
 * How many processes are to test: those that `--jobs` asks for. By default a program is tested by one
 * process for each core, but where a shard or a few cases are asked for, by one.
 */
export function jobsOf(named: Named, { jobs, profile, shard }: CheckOptions): number {
  if (jobs === undefined) {
    const isLong = typeof named !== 'string' && profile !== 'smoke' && shard === undefined;
    return isLong ? Math.min(availableParallelism(), UNASKED) : 1;
  }
  const count = Number(jobs);
  if (Number.isInteger(count) && count >= 1 && count <= MOST) return count;
  throw failure(EXIT.usage, `check: --jobs ${jobs} should be a whole number from 1 to ${MOST}`);
}

export async function checkInJobs(
  named: Named,
  jobs: number,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.shard !== undefined)
    throw failure(EXIT.usage, 'check: --jobs makes shards of its own; leave out --shard');
  planOf(options);
  const prepared = await prepare('check', options);
  const listed = prepared.baseline ? options.baseline : undefined;
  const shards = Array.from({ length: jobs }, (_, i) => `${i + 1}/${jobs}`);
  const children = shards.map((shard) => started(argumentsOf(named, shard, listed, options)));
  const { came, end } = interruptions(() => {
    for (const child of children) child.kill('SIGINT');
  });
  const progress = progressOn(terminal);
  const ended = await Promise.all(children.map((child) => ending(child, progress.show)));
  progress.end();
  end();
  const parts = ended.flatMap(({ lines, isFinished }, i): Part[] => {
    const name = `shard ${shards[i]} of ${showNamed(named)}`;
    return isFinished ? [{ name, run: readRun(name, `${lines.join('\n')}\n`) }] : [];
  });
  const unfinished = ended.find(({ isFinished }) => !isFinished);
  if (came() && parts.length === 0) return EXIT.interrupted;
  if (!came() && unfinished) throw failure(unfinished.code, unfinished.said);
  const run = came() ? cutShort(parts) : joined(parts, version);
  return await concludeMerged('check', run, prepared, options, terminal);
}

/** The command line of one shard. */
function argumentsOf(
  named: Named,
  shard: string,
  baseline: string | undefined,
  { op, profile, seed, minGrade, dialect, startTimeout, timeout }: CheckOptions,
): readonly string[] {
  const flags = {
    ...{ op, profile, seed, 'min-grade': minGrade, dialect, baseline, shard },
    ...{ 'start-timeout': startTimeout, timeout, report: 'jsonl=-' },
  };
  const words = Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  return ['check', ...words, ...(typeof named === 'string' ? [named] : ['--', ...named])];
}

/** As it is installed. */
const CLI = join(
  dirname(createRequire(import.meta.url).resolve('touchstone/package.json')),
  'dist/conformance/cli.js',
);

/** In a group of its own: Ctrl-C is passed on, and must not come twice. */
const started = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });

interface Ending {
  readonly code: number;
  /** What it wrote, and whether that is a whole report. */
  readonly lines: readonly string[];
  readonly isFinished: boolean;
  /** The last thing that it said beside them. */
  readonly said: string;
}

async function ending(child: ChildProcess, show: (what: string) => void): Promise<Ending> {
  const closed = once(child, 'close');
  const said = text(child.stderr!);
  const lines: string[] = [];
  let isFinished = false;
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    const { type, op, law } = JSON.parse(line) as { type: string; op?: string; law?: string };
    if (type === 'result') show(`${op}: ${law}`);
    isFinished = type === 'footer';
  }
  const [code] = (await closed) as [number | null];
  return {
    code: code ?? EXIT.interrupted,
    ...{ lines, isFinished },
    said: (await said).trim().replace(/^error: /, ''),
  };
}
