/** # From a candidate to what is known of it */

import { digitsOf } from '../../conformance/digits.ts';
import { operators } from '../../conformance/operators.ts';
import type { Plan } from '../../conformance/plan.ts';
import type * as summary from '../../conformance/report/summary.ts';
import { summarize } from '../../conformance/report/summary.ts';
import { check, everyLaw, type Step, subjectOf } from '../../conformance/run.ts';
import { encodeHex, encodeRequest } from '../../conformance/wire/codec.ts';
import type { Candidate, Wanted } from '../../properties/candidate.ts';
import { looksLike } from '../../properties/hypotheses.ts';
import type { Finding as Found, LawResult } from '../../properties/law.ts';
import { ask, type Question, requestOf, type Subject } from '../../properties/subject.ts';
import { Uncertified } from '../../spec/oracle/index.ts';
import { type Extreme, extremesOf } from './extremes.ts';
import type { Case, Finding, Graded, Ran, Row } from './record.ts';
import { answerOf, bitsOf, formatIn, sentence, ulpsOf } from './spelling.ts';

/** Where there are more, all about values are kept, and the first of every other law. */
export const MOST = 6;

export type Measured = Omit<Ran, 'version' | 'peer' | 'date' | 'suite' | 'profile' | 'replay'>;

/** Runs the check, and asks every finding again for the bits of its answer. */
export async function measure(
  candidate: Candidate,
  plan: Plan,
  onStep: (step: Step) => void = () => {},
): Promise<Measured> {
  const hello = await candidate.hello();
  const results: LawResult[] = [];
  for await (const result of check(candidate, plan, onStep)) results.push(result);
  const rows: Row[] = [];
  for (const row of summarize(results)) {
    onStep({ op: row.op, law: 'witnesses' });
    const subject = subjectOf(candidate, hello, operators.get(row.op)!, plan)!;
    const its = results.filter(({ op }) => op === row.op);
    rows.push(await rowOf(subject, plan, row, its));
  }
  const { impl, dialect, env } = hello;
  const { seed, minGrade: gate } = plan;
  return { state: 'run', seed, gate, impl, dialect, ...(env ? { env } : {}), rows };
}

async function rowOf(
  subject: Subject,
  plan: Plan,
  { value, gradient, laws, compared, undecided }: summary.Row,
  results: readonly LawResult[],
): Promise<Row> {
  const extremes = await extremesOfAll(subject, plan, results);
  const all = results.flatMap(({ law, findings, grades }) =>
    findings.map((found) => ({ law, found, isOfValues: grades.value !== undefined })),
  );
  const findings: Finding[] = [];
  for (const { law, found } of kept(all)) findings.push(await findingOf(subject, law, found));
  return {
    op: subject.op.id,
    kind: subject.op.kind,
    ...(value ? { value: await gradedOf(subject, value, extremes.value) } : {}),
    ...(gradient ? { gradient: await gradedOf(subject, gradient, extremes.gradient) } : {}),
    ...{ laws, compared, undecided },
    failed: all.map(({ law, found }) => `${law}/${found.name}`),
    dialects: dialectsOf(results),
    findings,
  };
}

interface Told {
  readonly law: string;
  readonly isOfValues: boolean;
}

const kept = <T extends Told>(all: readonly T[]): readonly T[] => {
  const isFirst = ({ law }: T, i: number): boolean => all.findIndex((x) => x.law === law) === i;
  return all.length <= MOST ? all : all.filter((one, i) => one.isOfValues || isFirst(one, i));
};

/** The names of legal differences that were met. */
const dialectsOf = (results: readonly LawResult[]): readonly string[] =>
  results.flatMap((result) => {
    const { dialects = [] } = result as {
      readonly dialects?: readonly { readonly name: string }[];
    };
    return dialects.map(({ name }) => `${result.law}/${name}`);
  });

/** Of every law that grades. */
async function extremesOfAll(
  subject: Subject,
  { runs }: Plan,
  results: readonly LawResult[],
): ReturnType<typeof extremesOf> {
  let all: Awaited<ReturnType<typeof extremesOf>> = {};
  for (const { law: name, grades } of results) {
    if (Object.keys(grades).length === 0) continue;
    all = { ...all, ...(await extremesOf(everyLaw.find((l) => l.name === name)!, subject, runs)) };
  }
  return all;
}

async function gradedOf(
  subject: Subject,
  { grade, region, ulps, count }: summary.Graded,
  extreme: Extreme | undefined,
): Promise<Graded> {
  const graded = { grade, region, ulps: ulpsOf(ulps), count };
  if (extreme === undefined) return graded;
  const { want, index, got, cell, verdict } = extreme.number;
  const place = { want, index, got, due: cell.value, ulps: verdict.ulps, grade: verdict.grade };
  return { ...graded, at: await caseOf(subject, extreme.question, place) };
}

async function findingOf(subject: Subject, law: string, found: Found): Promise<Finding> {
  const { question, want, index, got, name, says, gate } = found;
  const clause = Object.entries(subject.op.clauses).find(([, [its]]) => its === law);
  const isPlaced = want !== undefined && index !== undefined && got !== undefined;
  const like = isPlaced ? looksLike(subject.op, question, want, index, got) : undefined;
  return {
    check: `${law}/${name}`,
    says: sentence(says),
    ...(clause ? { clause: [clause[0], clause[1][1]] as const } : {}),
    ...(await caseOf(subject, question, found)),
    ...(gate ? { gate } : {}),
    ...(like ? { like } : {}),
  };
}

type Place = Pick<Found, 'want' | 'index' | 'got' | 'due' | 'ulps' | 'grade'>;

async function caseOf(subject: Subject, question: Question, place: Place): Promise<Case> {
  const { want, index, got, due, ulps, grade } = place;
  const request = requestOf(subject.op, question);
  const reply = await ask(subject, question);
  const bits = (x: number): string => bitsOf(x, formatIn(want && reply[want]));
  const exact = got === undefined ? undefined : exactly(subject, question, want, index);
  return {
    witness: encodeRequest(request, encodeHex),
    answer: answerOf(reply),
    ...(want === undefined ? {} : { want }),
    ...(index === undefined ? {} : { index }),
    ...(got === undefined ? {} : { got: bits(got) }),
    ...(exact === undefined ? {} : { exact }),
    ...(due === undefined ? {} : { due: bits(due) }),
    ...(ulps === undefined ? {} : { ulps: ulpsOf(ulps) }),
    ...(grade === undefined ? {} : { grade }),
  };
}

/** To 20 digits; undefined where they cannot be certified. */
function exactly(
  { op }: Subject,
  question: Question,
  want: Wanted | undefined,
  index: number | undefined,
): string | undefined {
  if (want === undefined || index === undefined) return undefined;
  try {
    return digitsOf({ ...requestOf(op, question), want: [want] })[want]?.[index];
  } catch (problem) {
    if (problem instanceof Uncertified) return undefined;
    throw problem;
  }
}
