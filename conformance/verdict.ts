/** # From results and a baseline to a verdict */
import type { Candidate, Hello } from '../properties/candidate.ts';
import type { LawResult } from '../properties/law.ts';
import { type Baseline, checkName, type Entry, type Examined, examine } from './baseline.ts';
import { EXIT } from './failure.ts';
import { isIn, type Plan } from './plan.ts';
import { workOf } from './run.ts';

/** An entry of a baseline, and whether its witness still fails. */
export interface Stood extends Examined {
  /** Its place in the baseline, counted from 0. */
  readonly entry: number;
  readonly check: string;
  readonly reason: string;
}

export interface Verdict {
  readonly exitCode: number;
  readonly says: string;
  /** Names of checks that fail and are not listed. */
  readonly unlisted: readonly string[];
}

/** What is known when the witnesses of a baseline are asked. */
export interface Asking {
  readonly candidate: Candidate;
  readonly hello: Hello;
  readonly plan: Plan;
  /** Such as 2027-06-30; nothing expires where it is absent. */
  readonly today?: string | undefined;
}

/** Every entry about the operators of the plan, or of its shard, asked again. */
export async function standingsOf(
  { entries }: Baseline,
  asking: Asking,
): Promise<readonly Stood[]> {
  const { candidate, hello, plan, today } = asking;
  const isDue = dueIn(asking);
  const stood: Stood[] = [];
  for (const [place, entry] of entries.entries()) {
    if (!isDue(entry)) continue;
    const { check, reason } = entry;
    const examined = await examine(entry, candidate, hello, plan, today);
    stood.push({ entry: place, check, reason, ...examined });
  }
  return stood;
}

/** An entry is asked in the shard that tests its law; what nobody tests, in the first. */
function dueIn({ hello, plan }: Asking): (entry: Entry) => boolean {
  const ids = new Set(plan.ops.map((op) => op.id));
  const work = workOf(plan, hello).map(({ op, law }) => `${op.id}/${law.name}`);
  return ({ check }) => {
    const [op, law] = check.split('/');
    if (!ids.has(op!)) return false;
    const place = work.indexOf(`${op}/${law}`);
    return plan.shard === undefined || isIn(plan.shard, Math.max(0, place));
  };
}

/** The checks that may fail: those with an entry that applies and with none that is outgrown. */
export function excusedBy(standings: readonly Stood[]): ReadonlySet<string> {
  const worse = new Set(having(standings, 'worse than listed'));
  const applying = standings.filter(({ standing }) => standing !== 'does not apply');
  return new Set(applying.map(({ check }) => check).filter((check) => !worse.has(check)));
}

const having = (standings: readonly Stood[], what: Stood['standing']): readonly string[] =>
  standings.filter(({ standing }) => standing === what).map(({ check }) => check);

export function verdictOf(results: readonly LawResult[], standings: readonly Stood[]): Verdict {
  const failing = results.flatMap((r) => r.findings.map((f) => checkName(r.op, r.law, f.name)));
  const excused = excusedBy(standings);
  const all = [...failing, ...having(standings, 'worse than listed')];
  const unlisted = [...new Set(all.filter((name) => !excused.has(name)))];
  const compared = results.reduce((n, r) => n + r.compared, 0);
  const verdict = (exitCode: number, says: string): Verdict => ({ exitCode, says, unlisted });
  if (compared === 0) return verdict(EXIT.usage, 'nothing was executed');
  if (unlisted.length > 0)
    return verdict(
      EXIT.fails,
      `does not conform: ${unlisted.length} ${checks(unlisted)} not listed`,
    );
  const outdated = outdatedText(having(standings, 'stale'), having(standings, 'expired'));
  if (outdated !== '') return verdict(EXIT.stale, outdated);
  const isClean = failing.length === 0 && excused.size === 0;
  return verdict(EXIT.conforms, isClean ? 'conforms' : 'fails exactly as listed');
}

const outdatedText = (stale: readonly string[], expired: readonly string[]): string =>
  [
    ...(stale.length > 0 ? [`stale baseline, these pass now: ${stale.join(', ')}`] : []),
    ...(expired.length > 0 ? [`entries that have expired: ${expired.join(', ')}`] : []),
  ].join('; ');

/** A run that was cut short has no verdict on the whole, whatever it found. */
export const interrupted = ({ unlisted }: Verdict): Verdict => ({
  exitCode: EXIT.interrupted,
  says: 'interrupted: this is what was found until then',
  unlisted,
});

const checks = ({ length }: readonly string[]): string =>
  length === 1 ? 'check fails that is' : 'checks fail that are';
