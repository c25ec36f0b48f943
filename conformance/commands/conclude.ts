/**
 * # How a run ends
 *
 * The baseline is brought up to date where that was asked for, reports are written, and it is said
 * what was found. The report for people gives way to a report on standard output.
 */
import { existsSync } from 'node:fs';
import { type Baseline, digestOf, readBaseline, type Written } from '../baseline.ts';
import { EXIT, failure } from '../failure.ts';
import { json } from '../report/jsonl.ts';
import { isPrinted, parseReports, type Report } from '../report/kinds.ts';
import type { Run } from '../report/record.ts';
import { type Recording, writeWhole } from '../report/recording.ts';
import { text } from '../report/text.ts';
import type { Terminal } from '../terminal.ts';
import { update } from '../update.ts';

export interface ConcludeOptions {
  readonly baseline?: string;
  /** Take out of the baseline what passes now. */
  readonly update?: boolean;
  /** And list what fails anew. */
  readonly accept?: boolean;
  /** KIND=FILE each. */
  readonly report: readonly string[];
  readonly json?: boolean;
}

export interface Prepared {
  readonly reports: readonly Report[];
  /** None where there is none yet. */
  readonly baseline: (Baseline & Written) | undefined;
}

/** Fails with the exit code for usage where options do not fit together. */
export async function prepare(command: string, options: ConcludeOptions): Promise<Prepared> {
  const { baseline: path, update, accept } = options;
  if (accept && !update) throw failure(EXIT.usage, `${command}: --accept goes with --update`);
  if (update && path === undefined)
    throw failure(EXIT.usage, `${command}: --update goes with --baseline FILE`);
  const reports = await parseReports(command, options.report);
  if (options.json && reports.some(isPrinted))
    throw failure(EXIT.usage, `${command}: --json goes to standard output, as one --report does`);
  const isNew = path === undefined || (accept === true && !existsSync(path));
  return { reports, baseline: isNew ? undefined : await readBaseline(path) };
}

/** Returns the exit code. */
export async function conclude(
  command: string,
  run: Run,
  baseline: (Baseline & Written) | undefined,
  reports: readonly Report[],
  recording: Recording,
  options: ConcludeOptions,
  terminal: Terminal,
): Promise<number> {
  const path = options.baseline;
  let last = baseline ? { ...run, baseline: digestOf(baseline) } : run;
  if (options.update && baseline && path !== undefined && !run.isInterrupted)
    last = await rewrite(command, run, baseline, path, options, terminal);
  await recording.end(last);
  const { print, tell, colors } = terminal;
  if (reports.some(isPrinted)) tell(text(last, colors));
  else await print(options.json ? json(last) : text(last, colors));
  tellUnexplained(last, path, terminal);
  return last.verdict.exitCode;
}

async function rewrite(
  command: string,
  run: Run,
  baseline: Baseline & Written,
  path: string,
  { accept = false }: ConcludeOptions,
  { tell }: Terminal,
): Promise<Run> {
  const { text, removed, added, run: judged } = update(baseline, run, { accept });
  if (text !== baseline.text || !existsSync(path))
    await writeWhole(`${command}: --baseline ${path}`, path, text);
  for (const check of removed) tell(`${path}: removed ${check}, which passes now\n`);
  for (const check of added) tell(`${path}: added ${check}\n`);
  return { ...judged, baseline: digestOf({ text }) };
}

/** An entry may say no more than what was found; then at least it is said that nobody said why. */
function tellUnexplained({ standings }: Run, path: string | undefined, { tell }: Terminal): void {
  const checks = standings.filter((s) => s.isUnexplained).map(({ check }) => check);
  if (checks.length === 0) return;
  const these = checks.length === 1 ? 'the reason of this entry is' : 'the reasons of these are';
  tell(`${path ?? 'the baseline'}: ${these} as generated, say why instead: ${checks.join(', ')}\n`);
}
