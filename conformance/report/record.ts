/** What a run found: every report is a pure function of this. */
import type { Hello } from '../../properties/candidate.ts';
import type { Finding, LawResult } from '../../properties/law.ts';
import { checkName } from '../baseline.ts';
import type { Inferred } from '../dialect.ts';
import type { Plan } from '../plan.ts';
import { excusedBy, type Stood, type Verdict } from '../verdict.ts';

export interface Run {
  /** The version of this suite. */
  readonly suite: string;
  readonly hello: Hello;
  readonly plan: Plan;
  readonly results: readonly LawResult[];
  /** The digest of the baseline, if there was one. */
  readonly baseline?: string | undefined;
  readonly standings: readonly Stood[];
  readonly verdict: Verdict;
  /** Which dialect it speaks; absent where one was asked for. */
  readonly inferred?: Inferred;
  /** It was cut short: results are missing. */
  readonly isInterrupted?: true;
}

/** One finding, and where it was found. */
export interface Found {
  readonly check: string;
  readonly result: LawResult;
  readonly finding: Finding;
}

/** Every finding, in the order of the results. */
export const foundIn = ({ results }: Pick<Run, 'results'>): readonly Found[] =>
  results.flatMap((result) =>
    result.findings.map((finding) => ({
      check: checkName(result.op, result.law, finding.name),
      result,
      finding,
    })),
  );

/** Findings that the baseline does not excuse. */
export function failuresOf(run: Run): readonly Found[] {
  const excused = excusedBy(run.standings);
  return foundIn(run).filter(({ check }) => !excused.has(check));
}

/** Entries of the baseline that somebody has to look at, each with what to do. */
export const overdueIn = ({ standings }: Run): readonly (Stood & { readonly due: string })[] =>
  standings.flatMap((stood) => {
    const due = DUE[stood.standing];
    return due === undefined ? [] : [{ ...stood, due }];
  });

const DUE: { readonly [standing in Stood['standing']]?: string } = {
  stale: 'it passes now: remove the entry',
  expired: 'it still fails: mend it, or give the entry another date',
  'worse than listed': 'it fails by more than is listed',
};
