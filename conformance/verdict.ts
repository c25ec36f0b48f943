/** # From results and a baseline to a verdict */
import type { Candidate, Hello } from '../properties/candidate.ts';
import type { LawResult } from '../properties/law.ts';
import { type Baseline, checkName, type Standing, standing } from './baseline.ts';
import { EXIT } from './failure.ts';
import type { Plan } from './plan.ts';

/** An entry of a baseline, and whether its witness still fails. */
export interface Stood {
  readonly check: string;
  readonly reason: string;
  readonly standing: Standing;
}

export interface Verdict {
  readonly exitCode: number;
  readonly says: string;
  /** Names of checks that fail and are not listed. */
  readonly unlisted: readonly string[];
}

/** Every entry about the operators of the plan, asked again. */
export async function standingsOf(
  { entries }: Baseline,
  candidate: Candidate,
  hello: Hello,
  plan: Plan,
): Promise<readonly Stood[]> {
  const ids = new Set(plan.ops.map((op) => op.id));
  const stood: Stood[] = [];
  for (const entry of entries) {
    const { check, reason } = entry;
    if (!ids.has(check.split('/')[0]!)) continue;
    stood.push({ check, reason, standing: await standing(entry, candidate, hello, plan) });
  }
  return stood;
}

export function verdictOf(results: readonly LawResult[], standings: readonly Stood[]): Verdict {
  const failing = results.flatMap((r) => r.findings.map((f) => checkName(r.op, r.law, f.name)));
  const worse = standings.filter((s) => s.standing === 'worse than listed').map((s) => s.check);
  const listed = new Set(standings.map((s) => s.check));
  const unlisted = [...new Set([...failing.filter((name) => !listed.has(name)), ...worse])];
  const stale = standings.filter((s) => s.standing === 'stale').map((s) => s.check);
  const compared = results.reduce((n, r) => n + r.compared, 0);
  const verdict = (exitCode: number, says: string): Verdict => ({ exitCode, says, unlisted });
  if (compared === 0) return verdict(EXIT.usage, 'nothing was executed');
  if (unlisted.length > 0)
    return verdict(
      EXIT.fails,
      `does not conform: ${unlisted.length} ${checks(unlisted)} not listed`,
    );
  if (stale.length > 0)
    return verdict(EXIT.stale, `stale baseline, these pass now: ${stale.join(', ')}`);
  const isClean = failing.length === 0 && standings.length === 0;
  return verdict(EXIT.conforms, isClean ? 'conforms' : 'fails exactly as listed');
}

const checks = ({ length }: readonly string[]): string =>
  length === 1 ? 'check fails that is' : 'checks fail that are';
