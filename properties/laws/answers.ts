/** Several questions answered by one candidate, as plain numbers, for laws that compare answers. */
import { brokenAt, type Fault, type Outcome } from '../law.ts';
import { toTensor } from '../payload.ts';
import { ask, breakdownOf, type Question, type Subject } from '../subject.ts';

/** What `compare` finds wrong with the answers; skipped where one of them was not given. */
export async function answers(
  subject: Subject,
  questions: readonly Question[],
  compare: (results: readonly (readonly number[])[]) => readonly Fault[],
): Promise<Outcome> {
  const results: (readonly number[])[] = [];
  for (const question of questions) {
    const reply = await ask(subject, question);
    const broken = breakdownOf(reply, subject.op, question);
    if (broken) return brokenAt(broken);
    const skipped = reply.skip?.reason ?? reply.error?.message;
    if (skipped !== undefined) return { faults: [], compared: 0, skipped };
    for (const want of question.want) {
      const payload = want === 'out' ? reply.out : reply[want];
      if (!payload)
        return {
          faults: [{ name: 'malformed', says: `${want} is missing from the answer` }],
          compared: 1,
        };
      results.push(Array.from(toTensor(payload).data));
    }
  }
  return { faults: compare(results), compared: results.reduce((n, r) => n + r.length, 0) };
}
