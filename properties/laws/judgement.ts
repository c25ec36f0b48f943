/** An answer, judged number by number: the faults it has, and its grades by region. */
import { type Grade, isAtLeast, type Verdict, worse } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import type { Wanted } from '../candidate.ts';
import { type Excused, excusedBy } from '../dialect.ts';
import type { Case } from '../inputs.ts';
import {
  brokenAt,
  type Fault,
  type Graded,
  type Law,
  type Outcome,
  type Strictness,
} from '../law.ts';
import { regionsOf } from '../regions.ts';
import {
  ask,
  breakdownOf,
  divisorOf,
  type Judged,
  judgeReply,
  type Question,
  type Subject,
} from '../subject.ts';

type Judging = Omit<Law, 'answer' | 'witness'> & Required<Pick<Law, 'strictness'>>;

/** A law that judges the answer to its question number by number, as strictly as it says. */
export const judging = (law: Judging): Law => ({
  ...law,
  answer: (subject, question) => judged(subject, question, law.strictness(subject, question)),
  witness: (question) => question,
});

/** Asks a question and judges every number of the answer. */
export async function judged(
  subject: Subject,
  question: Question,
  strictness: Strictness = {},
): Promise<Outcome> {
  if (question.want.length === 0) return { faults: [], compared: 0, skipped: 'no gradient' };
  const { counts = () => true, isGraded = false } = strictness;
  const reply = await ask(subject, question);
  const broken = breakdownOf(reply, subject.op, question);
  if (broken) return brokenAt(broken);
  const judgement = judgeReply(asStrict(subject, strictness), question, reply);
  switch (judgement.status) {
    case 'skipped':
      return { faults: [], compared: 0, skipped: judgement.reason };
    case 'undecided':
      return { faults: [], compared: 0, isUndecided: true };
    case 'refused':
      return oneFault('refused', `a legal case was refused: ${judgement.message}`);
    case 'judged':
      break;
    default:
      return oneFault(judgement.status, judgement.message);
  }
  const wantsGradient = question.want.some((want) => want !== 'out');
  const hasGradient = !wantsGradient || isDerived(subject.op, question, strictness);
  const numbers = judgement.numbers.filter((n) => counts(n) && (n.want === 'out' || hasGradient));
  const failing = numbers.filter((n) => !isGoodEnough(subject, strictness, n));
  // What is exact by the definition need not be exact there.
  const gateThere = (n: Judged): Grade =>
    worse(gateOf(subject, strictness, n), ownGate(subject, n.want));
  const excused = excusedBy(subject, question, reply, failing, gateThere);
  const isExcused = (n: Judged) => excused.some(({ number }) => number === n);
  const told = numbers.filter((n) => !isExcused(n));
  return {
    compared: told.length,
    faults: firstOfEach(
      failing.filter((n) => !isExcused(n)).map((n) => faultOf(n, gateOf(subject, strictness, n))),
    ),
    ...(excused.length > 0
      ? { excused: excused.map((one) => legal(one, gateOf(subject, strictness, one.number))) }
      : {}),
    grades: isGraded ? told.flatMap((n) => gradesOf(subject, question, n)) : [],
  };
}

const gateOf = (subject: Subject, { gate }: Strictness, n: Judged): Grade =>
  gate?.(n) ?? ownGate(subject, n.want);

const ownGate = ({ gate }: Subject, want: Wanted): Grade =>
  want === 'out' ? gate.value : gate.gradient;

const isGoodEnough = (subject: Subject, strictness: Strictness, n: Judged): boolean =>
  isAtLeast(n.verdict.grade, gateOf(subject, strictness, n));

/** Whether a law finds no fault with a number. */
export const passes = (subject: Subject, strictness: Strictness, n: Judged): boolean =>
  strictness.counts?.(n) === false || isGoodEnough(subject, strictness, n);

/** The subject with the policy that the law needs. */
export const asStrict = (subject: Subject, { signedZero }: Strictness): Subject =>
  signedZero ? { ...subject, policy: { ...subject.policy, signedZero } } : subject;

/** Whether the gradients of a case are judged. */
export const isDerived = (op: Op, asked: Case, { isEmpty = false }: Strictness): boolean =>
  isEmpty || divisorOf(op, asked) !== 0;

const oneFault = (name: string, says: string): Outcome => ({
  faults: [{ name, says }],
  compared: 1,
});

const firstOfEach = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map([...faults].reverse().map((f) => [f.name, f])).values(),
];

function faultOf({ want, index, got, cell, verdict }: Judged, gate: Grade): Fault {
  const kind = verdict.wrong ?? 'size';
  return {
    name: want === 'out' ? kind : `${want} ${kind}`,
    says: sentences[kind],
    ...{ want, index, got, due: cell.value, ulps: verdict.ulps, grade: verdict.grade, gate },
  };
}

const legal = ({ where, number, theirs }: Excused, gate: Grade): Fault => ({
  ...faultOf(number, gate),
  name: where,
  says: `${theirs.cell.value} there, ${number.cell.value} by the definition`,
});

const sentences: { readonly [kind in NonNullable<Verdict['wrong']>]: string } = {
  nan: 'NaN where there is a number, or a number where there is NaN',
  infinite: 'infinite where the result is finite, or the other way round',
  zero: '0 where the result is not 0',
  sign: 'a zero with the wrong sign',
  size: 'too far from the exact result',
};

function gradesOf(subject: Subject, question: Question, number: Judged): readonly Graded[] {
  const { grade, ulps } = number.verdict;
  const of = number.want === 'out' ? 'value' : 'gradient';
  return regionsOf(subject.op, question, number).map((region) => ({ of, region, grade, ulps }));
}
