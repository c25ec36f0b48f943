/**
 * # Whether a mutant is killed, and by which law
 *
 * The questions are those of `check`, of profile quick unless said otherwise, in the same order and
 * by the same seed, up to the first fault. The candidate promises nothing, so that it is the default gate that it must pass.
 */
import fc from 'fast-check';
import { operators } from '../../conformance/operators.ts';
import { type Plan, planOf } from '../../conformance/plan.ts';
import { everyLaw, subjectOf } from '../../conformance/run.ts';
import type { Hello } from '../../properties/candidate.ts';
import { looksLike } from '../../properties/hypotheses.ts';
import { type Law, questionsDue, test } from '../../properties/law.ts';
import type { Subject } from '../../properties/subject.ts';
import type { Mutant } from './mutant.ts';

export interface Killed {
  readonly law: string;
  readonly fault: string;
  /** Questions that were asked before, this one included. */
  readonly cases: number;
  /** What the report says that its smallest cases look like. */
  readonly like: readonly string[];
}

export const PROFILES = ['quick', 'full'] as const;
export type Profile = (typeof PROFILES)[number];

/** The seed of `check`. */
const SEED = '20260101';
export const planFor = (profile: Profile): Plan => planOf({ profile, seed: SEED, minGrade: 'C' });
const quick = planFor('quick');

/** Undefined for one that survives. */
export async function kill(
  [id, candidate, like]: Mutant,
  plan: Plan = quick,
): Promise<Killed | undefined> {
  const op = operators.get(id)!;
  const hello = unpromising(await candidate.hello(), id);
  const subject = subjectOf(candidate, hello, op, plan)!;
  let cases = 0;
  for (const law of everyLaw) {
    if (!law.appliesTo(op)) continue;
    const found = await firstFault(law, subject, plan.runs);
    cases += found.asked;
    if (!found.fault) continue;
    const said = like ? await likenesses(law, subject, plan.runs) : [];
    return { law: law.name, fault: found.fault, cases, like: said };
  }
  return undefined;
}

export function unpromising(hello: Hello, id: string): Hello {
  const { grad } = hello.ops[id]!;
  return { ...hello, ops: { ...hello.ops, [id]: { grad } } };
}

// biome-ignore lint/suspicious/noExplicitAny: each law has its own kind of question
export async function firstFault(law: Law<any>, subject: Subject, runs = quick.runs) {
  const numRuns = questionsDue(law, runs);
  let asked = 0;
  for (const question of fc.sample(law.questions(subject), { seed: subject.seed, numRuns })) {
    asked++;
    const { faults } = await law.answer(subject, question);
    if (faults[0]) return { asked, fault: faults[0].name };
  }
  return { asked };
}

// biome-ignore lint/suspicious/noExplicitAny: each law has its own kind of question
async function likenesses(law: Law<any>, subject: Subject, runs: number) {
  const { findings } = await test(law, subject, runs);
  return findings.flatMap(({ question, want, index, got }) =>
    want === undefined || index === undefined || got === undefined
      ? []
      : (looksLike(subject.op, question, want, index, got) ?? []),
  );
}
