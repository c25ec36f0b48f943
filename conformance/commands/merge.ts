/**
 * # `touchstone merge`: the shards of a run as one
 *
 * Nothing is asked again. One report that is whole may come alone: that makes other reports of it.
 */
import { readFile } from 'node:fs/promises';
import { digestOf } from '../baseline.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { FORMATS } from '../formats.ts';
import { joined, type Part } from '../report/join.ts';
import { readRun } from '../report/read.ts';
import type { Run } from '../report/record.ts';
import { startRecording } from '../report/recording.ts';
import { patternsIn } from '../sweep/blocks.ts';
import {
  described,
  exitCodeOf,
  isSweep,
  mergedResult,
  readResult,
  written,
} from '../sweep/report.ts';
import type { Terminal } from '../terminal.ts';
import { emptyBaseline } from '../update.ts';
import { version } from '../version.ts';
import { writeWhole } from '../whole.ts';
import { type ConcludeOptions, conclude, type Prepared, prepare } from './conclude.ts';

/** Returns the exit code of the whole. */
export async function merge(
  files: readonly string[],
  options: ConcludeOptions,
  terminal: Terminal,
): Promise<number> {
  const named: { readonly name: string; readonly text: string }[] = [];
  for (const name of files) named.push({ name, text: await contents(name) });
  if (named.every(({ text }) => isSweep(text))) return await mergeSweeps(named, options, terminal);
  const prepared = await prepare('merge', options);
  const parts = named.map(({ name, text }): Part => ({ name, run: readRun(name, text) }));
  return await concludeMerged('merge', joined(parts, version), prepared, options, terminal);
}

/** Shards of a sweep; a report is `json=FILE`, as every shard is one. */
async function mergeSweeps(
  named: readonly { readonly name: string; readonly text: string }[],
  { report = [], json }: ConcludeOptions,
  terminal: Terminal,
): Promise<number> {
  const shards = named.map(({ name, text }) => ({ name, result: readResult('merge', name, text) }));
  const whole = mergedResult('merge', shards);
  for (const wish of report) {
    const [kind, path = ''] = wish.split('=');
    if (kind !== 'json' || path === '')
      throw failure(EXIT.usage, `merge: --report ${wish} should be json=FILE for a sweep`);
    await writeWhole(path, written(whole));
  }
  const patterns = patternsIn(FORMATS[whole.plan.format]);
  await terminal.print(json ? written(whole, 0) : described(whole, patterns));
  return exitCodeOf(whole);
}

/** Reports of what was joined, and its exit code. */
export async function concludeMerged(
  command: string,
  run: Run,
  { reports, baseline }: Prepared,
  options: ConcludeOptions,
  terminal: Terminal,
): Promise<number> {
  const listed = baseline ?? (options.accept ? emptyBaseline(run.hello.impl.name) : undefined);
  if (options.baseline !== undefined && baseline && !run.isInterrupted)
    checkBaseline(run, options.baseline, baseline);
  const recording = await startRecording(command, reports, run, terminal);
  try {
    for (const result of run.results) await recording.add(result);
    return await conclude(command, run, listed, reports, recording, options, terminal);
  } finally {
    await recording.close();
  }
}

async function contents(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8');
  } catch (problem) {
    throw failure(EXIT.usage, `merge: ${name} cannot be read (${messageOf(problem)})`, problem);
  }
}

/** Its witnesses were asked by those who had the candidate. */
function checkBaseline(run: Run, path: string, baseline: Parameters<typeof digestOf>[0]): void {
  if (run.baseline === digestOf(baseline)) return;
  const had = run.baseline === undefined ? 'no baseline' : 'another one';
  throw failure(
    EXIT.usage,
    `merge: --baseline ${path}: the run had ${had}; give the same file to check, which asks its witnesses`,
  );
}
