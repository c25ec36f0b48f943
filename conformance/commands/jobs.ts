/**
 * # Several processes for one check
 *
 * Each of them tests a shard with a candidate of its own, and the whole is the same run in every byte.
 * One that is interrupted leaves no report.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Named } from '../adapters/index.ts';
import { EXIT, failure } from '../failure.ts';
import { planOf } from '../plan.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckOptions } from './check.ts';
import { prepare } from './conclude.ts';
import { merge } from './merge.ts';

const MOST = 64;

/** How many processes `--jobs` asks for. */
export function jobsOf(asked = '1'): number {
  const jobs = Number(asked);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST) return jobs;
  throw failure(EXIT.usage, `check: --jobs ${asked} should be a whole number from 1 to ${MOST}`);
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
  await prepare('check', options);
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
  try {
    const files = Array.from({ length: jobs }, (_, i) => join(folder, `${i + 1}-of-${jobs}.jsonl`));
    const ended = await Promise.all(
      files.map((file, i) => ending(argumentsOf(named, `${i + 1}/${jobs}`, file, options))),
    );
    if (ended.some(({ code }) => code === EXIT.interrupted)) return EXIT.interrupted;
    const unfinished = ended.find((_, i) => !existsSync(files[i]!));
    if (unfinished) throw failure(unfinished.code, unfinished.said);
    return await merge(files, options, terminal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command line of one shard. */
function argumentsOf(
  named: Named,
  shard: string,
  file: string,
  { op, profile, seed, minGrade, dialect, baseline, startTimeout, timeout }: CheckOptions,
): readonly string[] {
  const flags = {
    ...{ op, profile, seed, 'min-grade': minGrade, dialect, baseline, shard },
    ...{ 'start-timeout': startTimeout, timeout, report: `jsonl=${file}` },
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

/** How it ended, and the last thing that it said beside its results. */
async function ending(args: readonly string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const said = await text(child.stderr);
  const [code] = (await closed) as [number | null];
  return { code: code ?? EXIT.interrupted, said: said.trim().replace(/^error: /, '') };
}
