/** An answer, judged number by number: the faults it has, and its grades by region. */
import { type Grade, isAtLeast, type Verdict, worse } from '../../spec/grade.ts';
import type { Wanted } from '../candidate.ts';
import { type Excused, excusedBy } from '../dialect.ts';
import type { Fault, Graded, Outcome } from '../law.ts';
import { regionsOf } from '../regions.ts';
import {
  ask,
  divisorOf,
  type Judged,
  judgeReply,
  type Question,
  type Subject,
} from '../subject.ts';

export interface Strictness {
  /** A grade to demand in place of the subject's own. */
  readonly gate?: Grade;
  /** Which numbers count; all if absent. */
  readonly counts?: (judged: Judged) => boolean;
  readonly isGraded?: boolean;
  /**
   * Gradients count also where the reduction divides by 0. Elsewhere they do not: a mean whose
   * weights add up to 0 has no derivative, and NaN and ±∞ are equally right.
   */
  readonly isEmpty?: boolean;
}

/** Asks a question and judges every number of the answer. */
export async function judged(
  subject: Subject,
  question: Question,
  { gate, counts = () => true, isGraded = false, isEmpty = false }: Strictness = {},
): Promise<Outcome> {
  if (question.want.length === 0) return { faults: [], compared: 0, skipped: 'no gradient' };
  const reply = await ask(subject, question);
  const judgement = judgeReply(subject, question, reply);
  switch (judgement.status) {
    case 'skipped':
      return { faults: [], compared: 0, skipped: judgement.reason };
    case 'undecided':
      return { faults: [], compared: 0, isUndecided: true };
    case 'refused':
      return oneFault('refused', `a legal case was refused: ${judgement.message}`);
    case 'malformed':
      return oneFault('malformed', judgement.message);
  }
  const wantsGradient = question.want.some((want) => want !== 'out');
  const hasGradient = !wantsGradient || isEmpty || divisorOf(subject.op, question) !== 0;
  const numbers = judgement.numbers.filter((n) => counts(n) && (n.want === 'out' || hasGradient));
  const gateOf = (want: Wanted): Grade => gate ?? ownGate(subject, want);
  const failing = numbers.filter(({ want, verdict }) => !isAtLeast(verdict.grade, gateOf(want)));
  // What is exact by the definition need not be exact there.
  const gateThere = (want: Wanted): Grade => worse(gateOf(want), ownGate(subject, want));
  const excused = excusedBy(subject, question, reply, failing, gateThere);
  const isExcused = (n: Judged) => excused.some(({ number }) => number === n);
  const told = numbers.filter((n) => !isExcused(n));
  return {
    compared: told.length,
    faults: firstOfEach(
      failing.filter((n) => !isExcused(n)).map((n) => faultOf(n, gateOf(n.want))),
    ),
    ...(excused.length > 0 ? { excused: excused.map((one) => legal(one, gateOf)) } : {}),
    grades: isGraded ? told.flatMap((n) => gradesOf(subject, question, n)) : [],
  };
}

const ownGate = ({ gate }: Subject, want: Wanted): Grade =>
  want === 'out' ? gate.value : gate.gradient;

export const oneFault = (name: string, says: string): Outcome => ({
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

const legal = ({ where, number, theirs }: Excused, gateOf: (want: Wanted) => Grade): Fault => ({
  ...faultOf(number, gateOf(number.want)),
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
