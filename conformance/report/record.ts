/** What a run found: every report is a pure function of this. */
import type { Hello } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import type { Inferred } from '../dialect.ts';
import type { Plan } from '../plan.ts';
import type { Stood, Verdict } from '../verdict.ts';

export interface Run {
  readonly hello: Hello;
  readonly plan: Plan;
  readonly results: readonly LawResult[];
  readonly standings: readonly Stood[];
  readonly verdict: Verdict;
  readonly inferred?: Inferred;
}
