/**
 * # By which gate the numbers of a vector are judged
 *
 * A law that judges values and gradients alike judges what it counts; all else is judged as the laws
 * of values and of gradients judge it. What `judge` finds and what an interval allows come both from
 * here, so they cannot disagree.
 */
import type { Law, Outcome, Strictness } from '../../properties/law.ts';
import { edges } from '../../properties/laws/edges.ts';
import { empty } from '../../properties/laws/empty.ts';
import { errors } from '../../properties/laws/errors.ts';
import { gradient } from '../../properties/laws/gradient.ts';
import { judged } from '../../properties/laws/judgement.ts';
import { range } from '../../properties/laws/range.ts';
import { reduction } from '../../properties/laws/reduction.ts';
import { specialRows } from '../../properties/laws/special-rows.ts';
import type { Judged, Question, Subject } from '../../properties/subject.ts';
import type { Draft } from './draft.ts';

const ALIKE: ReadonlyMap<string, Law> = new Map(
  [edges, reduction, specialRows, empty].map((law) => [law.name, law]),
);

export function strictnessOf(name: string, subject: Subject, question: Question): Strictness {
  const law = ALIKE.get(name);
  const own = law?.strictness?.(subject, question) ?? {};
  const slopes = gradient.strictness!(subject, question);
  const isOwn = (n: Judged): boolean => law !== undefined && own.counts?.(n) !== false;
  return {
    ...own,
    counts: (n) => isOwn(n) || n.want === 'out' || slopes.counts!(n),
    gate: (n) => (isOwn(n) ? own.gate?.(n) : undefined),
    isGraded: law === undefined,
  };
}

/** Whether a number lies where all results of the function do, if that is what the vector is about. */
export function isInRange(name: string, { op }: Subject, question: Question, n: Judged): boolean {
  if (name !== range.name || n.want !== 'out' || op.kind !== 'elementwise') return true;
  const [low, high] = op.range(question.settings as never);
  return !(n.got < low || n.got > high);
}

/** What is to be said of the candidate's answer to a vector. */
export async function outcomeOf(
  subject: Subject,
  { law, question, spoilt }: Pick<Draft, 'law' | 'question' | 'spoilt'>,
): Promise<Outcome> {
  if (spoilt !== undefined)
    return errors.answer(subject, errors.recall!(question, spoilt, subject.op));
  const outcome = await judged(subject, question, strictnessOf(law, subject, question));
  if (law !== range.name || outcome.compared === 0) return outcome;
  const { faults } = await range.answer(subject, { ...question, want: ['out'] });
  return { ...outcome, faults: [...outcome.faults, ...faults] };
}
