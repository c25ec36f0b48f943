/**
 * # Answers that were recorded, as results
 *
 * An implementation that cannot be spawned is judged as one that can: by the same judge, with grades
 * and findings. A vector without an answer has failed, unless its whole operator has none.
 */
import type { Candidate, Hello, Reply } from '../../properties/candidate.ts';
import type { Finding, LawResult, Outcome } from '../../properties/law.ts';
import { count, resultOf, tallyOf } from '../../properties/tally.ts';
import type { Plan } from '../plan.ts';
import { subjectOf } from '../run.ts';
import { outcomeOf } from './gate.ts';
import type { Asked } from './jsonl.ts';

export type Replies = ReadonlyMap<string, Reply>;

/** A result for every operator that has answers, and every law of its vectors. */
export async function* resultsOf(
  vectors: readonly Asked[],
  replies: Replies,
  hello: Hello,
  plan: Pick<Plan, 'seed' | 'minGrade'>,
): AsyncGenerator<LawResult> {
  const answered = new Set(vectors.filter(({ id }) => replies.has(id)).map(({ op }) => op));
  const groups = new Map<string, Asked[]>();
  for (const vector of vectors.filter(({ op }) => answered.has(op))) {
    const name = `${vector.op.id}/${vector.law}`;
    groups.set(name, [...(groups.get(name) ?? []), vector]);
  }
  for (const group of groups.values()) yield await resultFor(group, replies, hello, plan);
}

async function resultFor(
  group: readonly Asked[],
  replies: Replies,
  hello: Hello,
  plan: Pick<Plan, 'seed' | 'minGrade'>,
): Promise<LawResult> {
  const { op, law } = group[0]!;
  const tally = tallyOf<Asked>();
  const findings = new Map<string, Finding>();
  for (const [i, vector] of group.entries()) {
    const reply = replies.get(vector.id);
    const subject = subjectOf(reciting(hello, reply), hello, op, plan)!;
    const outcome = reply ? await outcomeOf(subject, vector) : unanswered;
    count(tally, i, vector, outcome);
    for (const fault of outcome.faults)
      if (!findings.has(fault.name))
        findings.set(fault.name, { ...fault, question: vector.question });
  }
  return resultOf(op.id, law, tally, [...findings.values()]);
}

const reciting = (hello: Hello, reply: Reply | undefined): Candidate => ({
  hello: () => hello,
  run: () => reply!,
});

const unanswered: Outcome = {
  faults: [{ name: 'unanswered', says: 'there is no answer to this vector' }],
  compared: 1,
};
