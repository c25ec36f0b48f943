/** # `touchstone check`: judge an implementation */
import { rename, rm, writeFile } from 'node:fs/promises';
import type { Candidate, Hello } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { loadCandidate, type Named, showNamed } from '../adapters/index.ts';
import { type Baseline, readBaseline } from '../baseline.ts';
import { inForce, infer } from '../dialect.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { type Plan, type PlanOptions, planOf } from '../plan.ts';
import { baseline as asBaseline } from '../report/baseline.ts';
import { json, jsonl } from '../report/jsonl.ts';
import type { Run } from '../report/record.ts';
import { text } from '../report/text.ts';
import { check as run, type Step } from '../run.ts';
import type { Terminal } from '../terminal.ts';
import { standingsOf, verdictOf } from '../verdict.ts';

export interface CheckOptions extends PlanOptions {
  readonly baseline?: string;
  /** KIND=FILE each. */
  readonly report: readonly string[];
  readonly json?: boolean;
}

/** Judges a candidate by its name and prints what was found; returns the exit code. */
export const check = async (
  name: Named,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> => checkCandidate(showNamed(name), () => loadCandidate(name), options, terminal);

/** The same for a candidate that comes from elsewhere. Options are checked before it is loaded. */
export async function checkCandidate(
  name: string,
  load: () => Promise<Candidate>,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = planOf(options);
  const reports = options.report.map(parseReport);
  const baseline = options.baseline ? await readBaseline(options.baseline) : undefined;
  const candidate = await load();
  try {
    return await judged(name, candidate, plan, reports, baseline, options, terminal);
  } finally {
    await candidate.close?.();
  }
}

async function judged(
  name: string,
  candidate: Candidate,
  plan: Plan,
  reports: readonly Report[],
  baseline: Baseline | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const hello = await greeted(name, candidate);
  if (baseline && baseline.candidate !== hello.impl.name)
    throw failure(
      EXIT.usage,
      `--baseline ${options.baseline}: it is of ${baseline.candidate}, not of ${hello.impl.name}`,
    );
  const interruption = watch();
  inForce(hello, plan);
  const progress = progressOn(terminal);
  const results: LawResult[] = [];
  for await (const result of run(candidate, plan, progress.show)) {
    results.push(result);
    if (interruption.came()) break;
  }
  progress.end();
  interruption.end();
  const standings = baseline ? await standingsOf(baseline, candidate, hello, plan) : [];
  const isAsked = plan.dialect === undefined && !interruption.came();
  const inferred = isAsked ? await infer(candidate, hello, plan.ops) : undefined;
  const verdict = verdictOf(results, standings);
  const whole: Run = {
    hello,
    plan,
    results,
    standings,
    verdict,
    ...(inferred ? { inferred } : {}),
  };
  for (const { kind, path } of reports) await writeWhole(path, KINDS[kind](whole));
  await terminal.print(options.json ? json(whole) : text(whole, terminal.colors));
  return interruption.came() ? EXIT.interrupted : whole.verdict.exitCode;
}

async function greeted(name: string, candidate: Candidate): Promise<Hello> {
  try {
    return await candidate.hello();
  } catch (problem) {
    throw failure(EXIT.candidate, `${name} could not be run: ${messageOf(problem)}`, problem);
  }
}

// Reports ----------------------------------------------------------------------------------------

const KINDS = { jsonl, baseline: asBaseline } as const;

interface Report {
  readonly kind: keyof typeof KINDS;
  readonly path: string;
}

function parseReport(option: string): Report {
  const [kind, ...path] = option.split('=');
  if (Object.hasOwn(KINDS, kind!) && path.join('=') !== '')
    return { kind: kind as keyof typeof KINDS, path: path.join('=') };
  const known = Object.keys(KINDS).join(', ');
  throw failure(EXIT.usage, `check: --report ${option} should be KIND=FILE, KIND one of ${known}`);
}

/** The whole file or none of it. */
async function writeWhole(path: string, content: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (problem) {
    await rm(partial, { force: true });
    throw failure(EXIT.usage, `check: --report ${path}: ${messageOf(problem)}`, problem);
  }
}

// Progress ---------------------------------------------------------------------------------------

const ERASE_LINE = '\r\x1b[K';

/** One rewritten line, where somebody watches. */
function progressOn({ tell, isWatched }: Terminal) {
  return {
    show: ({ op, law }: Step): void => {
      if (isWatched) tell(`${ERASE_LINE}${op}: ${law}`);
    },
    end: (): void => {
      if (isWatched) tell(ERASE_LINE);
    },
  };
}

/** Ctrl-C ends the run after the law that is being tested; what was found is still reported. */
function watch() {
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
  };
  process.once('SIGINT', interrupt);
  return { came: () => isInterrupted, end: () => process.off('SIGINT', interrupt) };
}
