/**
 * # Where the largest error was observed
 *
 * Grades are kept by region without the question that they come from. The same seed asks the same
 * questions, so asking once more finds it.
 */
import type { Wanted } from '../../properties/candidate.ts';
import { type Graded, type Law, test } from '../../properties/law.ts';
import {
  ask,
  type Judged,
  judgeReply,
  type Question,
  type Subject,
} from '../../properties/subject.ts';
import { GRADES } from '../../spec/grade.ts';
import { tensor } from '../../spec/tensor.ts';

type Of = Graded['of'];

export interface Extreme {
  readonly question: Question;
  readonly number: Judged;
}

/** The question with the worst number of each kind, and that number. */
export async function extremesOf(
  law: Law<Question>,
  subject: Subject,
  runs: number,
): Promise<{ readonly [of in Of]?: Extreme }> {
  const worst = new Map<Of, { readonly graded: Graded; readonly question: Question }>();
  const watched: Law<Question> = {
    ...law,
    async answer(asked, question) {
      const outcome = await law.answer(asked, question);
      for (const graded of outcome.grades ?? [])
        if (isWorse(graded, worst.get(graded.of)?.graded))
          worst.set(graded.of, { graded, question });
      // What has no faults is not shrunk, which would take longer than all the rest.
      return { ...outcome, faults: [] };
    },
  };
  await test(watched, subject, runs);
  const found: [Of, Extreme][] = [];
  for (const [of, { graded, question }] of worst) {
    const extreme = await located(subject, question, of, graded);
    if (extreme) found.push([of, extreme]);
  }
  return Object.fromEntries(found);
}

/** By grade, then by size, as an operator's worst region is chosen. */
function isWorse(a: Graded, b: Graded | undefined): boolean {
  if (b === undefined) return true;
  const by = GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade);
  return by > 0 || (by === 0 && a.ulps > b.ulps);
}

async function located(
  subject: Subject,
  question: Question,
  of: Of,
  { ulps }: Graded,
): Promise<Extreme | undefined> {
  const number = await numberOf(subject, question, of, ulps);
  const alone = number && onItsOwn(subject, question, number);
  const same = alone && (await numberOf(subject, alone, of, ulps));
  if (same) return { question: alone, number: same };
  return number && { question, number };
}

/** The number of an answer that has an error of this size. */
async function numberOf(
  subject: Subject,
  question: Question,
  of: Of,
  ulps: number,
): Promise<Judged | undefined> {
  const judgement = judgeReply(subject, question, await ask(subject, question));
  if (judgement.status !== 'judged') return undefined;
  const isOf = (want: Wanted) => (want === 'out') === (of === 'value');
  return judgement.numbers.find(({ want, verdict }) => isOf(want) && verdict.ulps === ulps);
}

/** Of an elementwise operator, the one element that counts. */
function onItsOwn({ op }: Subject, question: Question, { index }: Judged): Question | undefined {
  if (op.kind !== 'elementwise' || Object.keys(op.inputs).length > 1) return undefined;
  const { tensors, cotangent } = question;
  const x = tensors.input!;
  return {
    ...question,
    tensors: { input: { ...tensor([], [x.data[index]!]), dtype: x.dtype } },
    ...(cotangent ? { cotangent: { ...tensor([], [cotangent.data[index]!]) } } : {}),
  };
}
