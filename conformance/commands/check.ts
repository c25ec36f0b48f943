/** # `touchstone check`: judge an implementation */
import type { Candidate, Hello } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { loadCandidate, type Named, type Patience, showNamed } from '../adapters/index.ts';
import type { Baseline, Written } from '../baseline.ts';
import { inForce, infer } from '../dialect.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { type Plan, type PlanOptions, planOf, shareOf, showShard } from '../plan.ts';
import type { Report } from '../report/kinds.ts';
import type { Run } from '../report/record.ts';
import { type Recording, startRecording } from '../report/recording.ts';
import { check as run, type Step, workOf } from '../run.ts';
import type { Terminal } from '../terminal.ts';
import { today } from '../today.ts';
import { emptyBaseline } from '../update.ts';
import { interrupted, standingsOf, verdictOf } from '../verdict.ts';
import { version } from '../version.ts';
import { interruptions, progressOn } from '../watching.ts';
import { type ConcludeOptions, conclude, prepare } from './conclude.ts';
import { checkInJobs, jobsOf } from './jobs.ts';

export interface CheckOptions extends PlanOptions, ConcludeOptions, Patience {
  /** How many processes test. */
  readonly jobs?: string;
  /** Such as 2027-06-30: entries of a baseline may expire. The day it is where it is absent. */
  readonly today?: string;
}

/** Judges a candidate by its name and prints what was found; returns the exit code. */
export const check = async (
  name: Named,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> => {
  const jobs = jobsOf(name, options);
  return jobs > 1
    ? checkInJobs(name, jobs, options, terminal)
    : checkCandidate(showNamed(name), () => loadCandidate(name, options), options, terminal);
};

/** The same for a candidate that comes from elsewhere. Options are checked before it is loaded. */
export async function checkCandidate(
  name: string,
  load: () => Promise<Candidate>,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = planOf(options);
  const { reports, baseline } = await prepare('check', options);
  if (options.update && plan.shard)
    throw failure(EXIT.usage, 'check: --update is for the whole: touchstone merge … --update');
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
  listed: (Baseline & Written) | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const hello = await greeted(name, candidate);
  const baseline = listed ?? (options.accept ? emptyBaseline(hello.impl.name) : undefined);
  checkBaseline(baseline, hello, options);
  checkShard(plan, hello);
  inForce(hello, plan);
  const head = { suite: version, hello, plan };
  const recording = await startRecording('check', reports, head, terminal);
  try {
    const { results, isInterrupted } = await tested(candidate, plan, recording, terminal);
    const asking = { candidate, hello, plan, today: options.today ?? today() };
    // Who was interrupted is not asked again.
    const standings = baseline && !isInterrupted ? await standingsOf(baseline, asking) : [];
    const verdict = verdictOf(results, standings);
    const whole: Run = isInterrupted
      ? { ...head, results, standings, verdict: interrupted(verdict), isInterrupted }
      : { ...head, results, standings, verdict, ...(await spoken(candidate, hello, plan)) };
    return await conclude('check', whole, baseline, reports, recording, options, terminal);
  } finally {
    await recording.close();
  }
}

/** Which dialect it speaks, where none was asked for; every shard tells it of the whole. */
const spoken = async (candidate: Candidate, hello: Hello, plan: Plan): Promise<Partial<Run>> =>
  plan.dialect === undefined ? { inferred: await infer(candidate, hello, plan.ops) } : {};

async function greeted(name: string, candidate: Candidate): Promise<Hello> {
  try {
    return await candidate.hello();
  } catch (problem) {
    throw failure(EXIT.candidate, `${name} could not be run: ${messageOf(problem)}`, problem);
  }
}

function checkBaseline(baseline: Baseline | undefined, { impl }: Hello, options: CheckOptions) {
  if (baseline && baseline.candidate !== impl.name)
    throw failure(
      EXIT.usage,
      `--baseline ${options.baseline}: it is of ${baseline.candidate}, not of ${impl.name}`,
    );
}

/** A shard without work would look like one that was forgotten. */
function checkShard(plan: Plan, hello: Hello): void {
  const work = workOf(plan, hello);
  if (plan.shard && work.length > 0 && shareOf(work, plan.shard).length === 0)
    throw failure(
      EXIT.usage,
      `check: --shard ${showShard(plan.shard)} is empty: there are ${work.length} laws to test in all`,
    );
}

/** What was found until the end or until Ctrl-C. */
async function tested(
  candidate: Candidate,
  plan: Plan,
  recording: Recording,
  terminal: Terminal,
): Promise<{ results: readonly LawResult[]; isInterrupted?: true }> {
  const interruption = watch(candidate);
  const progress = progressOn(terminal);
  const show = ({ op, law }: Step) => progress.show(`${op}: ${law}`);
  const results: LawResult[] = [];
  try {
    for await (const result of run(candidate, plan, show, interruption.turn)) {
      results.push(result);
      await recording.add(result);
    }
  } catch (problem) {
    if (!interruption.came()) throw problem;
  }
  progress.end();
  interruption.end();
  return interruption.came() ? { results, isInterrupted: true } : { results };
}

// Interruption ---------------------------------------------------------------------------------------

/** How long nobody else gets a turn, in milliseconds. */
const TURN = 50;

/** Ctrl-C ends the run and the candidate; what was found by the laws before is still reported. */
function watch(candidate: Candidate) {
  const { came, end } = interruptions(() => void candidate.close?.());
  let last = performance.now();
  return {
    ...{ came, end },
    /** Lets the signal in now and then; throws when it has come. */
    async turn(): Promise<void> {
      if (performance.now() - last > TURN) {
        await new Promise((go) => setImmediate(go));
        last = performance.now();
      }
      if (came()) throw failure(EXIT.interrupted, 'interrupted');
    },
  };
}
