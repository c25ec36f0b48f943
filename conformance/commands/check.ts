/** # `touchstone check`: judge an implementation */
import { rename, writeFile } from 'node:fs/promises';
import pc from 'picocolors';
import type { Candidate, Hello } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { GRADES, type Grade } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import { loadCandidate } from '../adapters/index.ts';
import {
  type Baseline,
  checkName,
  entryFor,
  readBaseline,
  type Standing,
  standing,
} from '../baseline.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { operators } from '../operators.ts';
import { summarize } from '../report/summary.ts';
import { findingText, rowsText } from '../report/text.ts';
import { type Plan, PROFILES, check as run } from '../run.ts';

export interface CheckOptions {
  readonly op?: string;
  readonly profile: string;
  readonly seed: string;
  readonly minGrade: string;
  readonly baseline?: string;
  readonly report: readonly string[];
  readonly json?: boolean;
}

/** A stale baseline and nothing else. */
const STALE = 4;

/** Judges a candidate and prints what was found; the exit code says whether it conforms. */
export async function check(name: string, options: CheckOptions): Promise<number> {
  const plan = planOf(options);
  const reports = options.report.map(parseReport);
  const baseline = options.baseline ? await readBaseline(options.baseline) : undefined;
  const candidate = await loadCandidate(name);
  const hello = await greeted(name, candidate);
  const interrupted = onInterrupt();
  const results: LawResult[] = [];
  for await (const result of run(candidate, plan, progress)) {
    results.push(result);
    if (interrupted()) break;
  }
  clearProgress();
  const standings = baseline ? await standingsOf(baseline, candidate, hello, plan) : [];
  const verdict = verdictOf(results, standings);
  const record = {
    hello,
    plan: { ...plan, ops: plan.ops.map((o) => o.id) },
    results,
    standings,
    verdict,
  };
  for (const { kind, path } of reports) await writeWhole(path, reportText(kind, record, hello));
  process.stdout.write(
    options.json ? `${JSON.stringify(record)}\n` : text(hello, plan, results, standings, verdict),
  );
  return interrupted() ? EXIT.interrupted : verdict.exitCode;
}

function planOf({ op = '*', profile, seed, minGrade }: CheckOptions): Plan {
  const pattern = globOf(op);
  const ops: readonly Op[] = [...operators.values()].filter((o) => pattern.test(o.id));
  if (ops.length === 0)
    throw failure(
      EXIT.usage,
      `--op ${op}: no operator matches; there is ${[...operators.keys()].join(', ')}`,
    );
  const runs = PROFILES[profile];
  if (!Object.hasOwn(PROFILES, profile) || runs === undefined)
    throw failure(
      EXIT.usage,
      `--profile ${profile} should be one of ${Object.keys(PROFILES).join(', ')}`,
    );
  if (!GRADES.includes(minGrade as Grade))
    throw failure(EXIT.usage, `--min-grade ${minGrade} should be one of ${GRADES.join(', ')}`);
  const number = Number(seed);
  if (!Number.isInteger(number) || number < -(2 ** 31) || number >= 2 ** 31)
    throw failure(EXIT.usage, `--seed ${seed} should be an integer of 32 bits`);
  return { ops, runs, seed: number, minGrade: minGrade as Grade };
}

const globOf = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

const KINDS = ['jsonl', 'baseline'] as const;
type Kind = (typeof KINDS)[number];

function parseReport(text: string): { kind: Kind; path: string } {
  const [kind, ...path] = text.split('=');
  if (!KINDS.includes(kind as Kind) || path.length === 0)
    throw failure(
      EXIT.usage,
      `--report ${text} should be KIND=FILE with KIND one of ${KINDS.join(', ')}`,
    );
  return { kind: kind as Kind, path: path.join('=') };
}

async function greeted(name: string, candidate: Candidate): Promise<Hello> {
  try {
    return await candidate.hello();
  } catch (problem) {
    throw failure(EXIT.candidate, `${name} could not be run: ${messageOf(problem)}`, problem);
  }
}

// Progress ---------------------------------------------------------------------------------------

const isWatched = process.stderr.isTTY === true;
const progress = ({ op, law }: { op: string; law: string }): void => {
  if (isWatched) process.stderr.write(`\r\x1b[K${op}: ${law}`);
};
const clearProgress = (): void => {
  if (isWatched) process.stderr.write('\r\x1b[K');
};

/** Whether Ctrl-C was pressed: the results so far are still reported. */
function onInterrupt(): () => boolean {
  let isInterrupted = false;
  process.once('SIGINT', () => {
    isInterrupted = true;
  });
  return () => isInterrupted;
}

// Verdict ----------------------------------------------------------------------------------------

interface Stood {
  readonly check: string;
  readonly reason: string;
  readonly standing: Standing;
}

async function standingsOf(
  { entries }: Baseline,
  candidate: Candidate,
  hello: Hello,
  plan: Plan,
): Promise<readonly Stood[]> {
  const ids = new Set(plan.ops.map((op) => op.id));
  const mine = entries.filter((e) => ids.has(e.check.split('/')[0]!));
  const stood: Stood[] = [];
  for (const e of mine)
    stood.push({
      check: e.check,
      reason: e.reason,
      standing: await standing(e, candidate, hello, plan),
    });
  return stood;
}

interface Verdict {
  readonly exitCode: number;
  readonly says: string;
  /** Names of checks that fail and are not listed. */
  readonly unlisted: readonly string[];
}

function verdictOf(results: readonly LawResult[], standings: readonly Stood[]): Verdict {
  const failing = results.flatMap((r) => r.findings.map((f) => checkName(r.op, r.law, f.name)));
  const listed = new Set(
    standings.filter((s) => s.standing !== 'worse than listed').map((s) => s.check),
  );
  const unlisted = [
    ...failing.filter((name) => !listed.has(name)),
    ...standings.filter((s) => s.standing === 'worse than listed').map((s) => s.check),
  ];
  const stale = standings.filter((s) => s.standing === 'stale');
  const compared = results.reduce((n, r) => n + r.compared, 0);
  if (compared === 0) return { exitCode: EXIT.usage, says: 'nothing was executed', unlisted };
  if (unlisted.length > 0)
    return {
      exitCode: EXIT.fails,
      says: `does not conform: ${unlisted.length} checks fail`,
      unlisted,
    };
  if (stale.length > 0)
    return {
      exitCode: STALE,
      says: `stale baseline: ${stale.map((s) => s.check).join(', ')}`,
      unlisted,
    };
  const says = failing.length > 0 || standings.length > 0 ? 'fails exactly as listed' : 'conforms';
  return { exitCode: EXIT.conforms, says, unlisted };
}

// Reports ----------------------------------------------------------------------------------------

function text(
  hello: Hello,
  plan: Plan,
  results: readonly LawResult[],
  standings: readonly Stood[],
  verdict: Verdict,
): string {
  const { impl, env } = hello;
  const about = Object.entries(env ?? {}).map(([key, value]) => `${key} ${value}`);
  const head = [
    `${impl.name} ${impl.version} (${impl.language})`,
    `seed ${plan.seed}`,
    `gate ${plan.minGrade}`,
    ...about,
  ];
  const listed = new Set(standings.map((s) => s.check));
  const findings = results.flatMap((r) =>
    r.findings
      .filter((f) => !listed.has(checkName(r.op, r.law, f.name)))
      .map((f) => findingText(r, f)),
  );
  const known = standings.map((s) => `  ${s.standing.padEnd(16)}  ${s.check}  ${s.reason}\n`);
  const says = verdict.exitCode === 0 ? pc.green(verdict.says) : pc.red(verdict.says);
  return [
    `${head.join(' · ')}\n\n`,
    rowsText(summarize(results)),
    findings.length > 0 ? `\n${findings.join('\n')}` : '',
    known.length > 0 ? `\nbaseline\n${known.join('')}` : '',
    `\n${impl.name}: ${says}\n`,
  ].join('');
}

interface Record_ {
  readonly results: readonly LawResult[];
  readonly [field: string]: unknown;
}

function reportText(kind: Kind, record: Record_, hello: Hello): string {
  const { results, ...rest } = record;
  if (kind === 'jsonl')
    return [
      { type: 'header', ...rest },
      ...results.map((r) => ({ type: 'result', ...r })),
      { type: 'footer' },
    ]
      .map((line) => `${JSON.stringify(line, spelt)}\n`)
      .join('');
  const entries = results.flatMap((r) => r.findings.map((f) => entryFor(r.op, r.law, f, hello)));
  return `${JSON.stringify({ version: 1, candidate: hello.impl.name, entries }, null, 2)}\n`;
}

/** JSON has no NaN, ∞ or −0: they are spelt out. */
const spelt = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : value;

/** The whole file or none of it. */
async function writeWhole(path: string, content: string): Promise<void> {
  const partial = `${path}.partial`;
  await writeFile(partial, content);
  await rename(partial, path);
}
