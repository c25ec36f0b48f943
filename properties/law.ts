/**
 * # Laws, and how one is tested
 *
 * A law draws questions, asks a candidate, and names the faults of its answers. Every kind of fault
 * becomes one finding: the first case that shows it, shrunk by fast-check to the smallest that still
 * does. Grades are collected by region along the way, so that one run judges and searches at once.
 */
import fc from 'fast-check';
import { type Grade, worse } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import type { Wanted } from './candidate.ts';
import type { Question, Subject } from './subject.ts';

/** One thing that is wrong with one answer. */
export interface Fault {
  /** Faults with the same name are one finding. */
  readonly name: string;
  /** What is wrong, in a sentence. */
  readonly says: string;
  readonly want?: Wanted;
  readonly index?: number;
  readonly got?: number;
  /** The exact result to 20 digits, and the float nearest to it. */
  readonly exact?: string;
  readonly due?: number;
  readonly ulps?: number;
  readonly grade?: Grade;
  readonly gate?: Grade;
}

/** A number of an answer, for the table of grades. */
export interface Graded {
  readonly of: 'value' | 'gradient';
  readonly region: string;
  readonly grade: Grade;
  readonly ulps: number;
}

/** What became of one question. */
export interface Outcome {
  readonly faults: readonly Fault[];
  readonly grades?: readonly Graded[];
  /** Numbers that are right in the dialect in force only, named by the difference. */
  readonly excused?: readonly Fault[];
  /** Numbers or facts that were compared. */
  readonly compared: number;
  /** Why the candidate did not answer, if it did not. */
  readonly skipped?: string;
  /** The oracle could not tell. */
  readonly isUndecided?: boolean;
}

export interface Law<Q = Question> {
  /** Kebab-case or plain words; stable, because baselines refer to it. */
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly says: string;
  appliesTo(op: Op): boolean;
  questions(subject: Subject): fc.Arbitrary<Q>;
  answer(subject: Subject, question: Q): Promise<Outcome>;
  /** The question that a finding is reproduced by. */
  witness(question: Q): Question;
  /** The question again, from its witness and the name of the fault; the witness itself if absent. */
  recall?(witness: Question, fault: string, op: Op): Q;
  /** How many questions to draw, relative to the profile's number. */
  readonly effort?: number;
}

export interface Finding extends Fault {
  readonly question: Question;
}

/** `count` is how many numbers. */
export interface DialectFinding extends Finding {
  readonly count: number;
}

export interface RegionGrade {
  readonly grade: Grade;
  /** The largest error that was observed, in ulps; ∞ for results of the wrong kind. */
  readonly ulps: number;
  readonly count: number;
}

export interface LawResult {
  readonly op: string;
  readonly law: string;
  readonly status: 'pass' | 'fail' | 'dialect' | 'unsupported';
  readonly questions: number;
  readonly compared: number;
  readonly skipped: number;
  readonly undecided: number;
  readonly reasons: readonly string[];
  readonly grades: {
    readonly [of in 'value' | 'gradient']?: { readonly [region: string]: RegionGrade };
  };
  readonly findings: readonly Finding[];
  /** Legal differences that were met, each with its smallest case. */
  readonly dialects?: readonly DialectFinding[];
}

/** How many times as many questions are tried where most of them are not answered. */
const PATIENCE = 6;

/** Tests a law on `runs` questions. Never passes what was not compared. */
export async function test<Q>(law: Law<Q>, subject: Subject, runs: number): Promise<LawResult> {
  const drawn = law.questions(subject);
  const seed = subject.seed;
  const numRuns = Math.max(1, Math.ceil(runs * (law.effort ?? 1)));
  const outcomes: Outcome[] = [];
  const first = new Map<string, number>();
  const questions = fc.sample(drawn, { seed, numRuns });
  let answered = 0;
  for (let i = 0; i < numRuns || (answered < numRuns / 2 && i < numRuns * PATIENCE); i++) {
    // Another draw begins with the same questions: the i-th one is the same in both.
    if (i === questions.length)
      questions.push(...fc.sample(drawn, { seed, numRuns: numRuns * PATIENCE }).slice(i));
    const question = questions[i]!;
    const outcome = await law.answer(subject, question);
    outcomes.push(outcome);
    if (outcome.compared > 0 || outcome.excused) answered++;
    for (const { name } of outcome.faults) if (!first.has(name)) first.set(name, i);
  }
  const findings: Finding[] = [];
  for (const [name, i] of first)
    findings.push(await shrunk(law, subject, drawn, seed, i, name, questions[i]!, outcomes[i]!));
  const dialects = await legal(law, subject, drawn, questions, outcomes);
  const compared = outcomes.reduce((n, o) => n + o.compared, 0);
  return {
    op: subject.op.id,
    law: law.name,
    status: statusOf(findings, compared, dialects),
    questions: outcomes.length,
    compared,
    skipped: outcomes.filter((o) => o.skipped !== undefined).length,
    undecided: outcomes.filter((o) => o.isUndecided).length,
    reasons: [...new Set(outcomes.flatMap((o) => o.skipped ?? []))],
    grades: byRegion(outcomes.flatMap((o) => o.grades ?? [])),
    findings,
    ...(dialects.length > 0 ? { dialects } : {}),
  };
}

/** What compared nothing but legal differences has neither passed nor failed. */
function statusOf(
  findings: readonly Finding[],
  compared: number,
  dialects: readonly Finding[],
): LawResult['status'] {
  if (findings.length > 0) return 'fail';
  if (compared > 0) return 'pass';
  return dialects.length > 0 ? 'dialect' : 'unsupported';
}

/** Every legal difference that was met, how often, and its smallest case. */
async function legal<Q>(
  law: Law<Q>,
  subject: Subject,
  drawn: fc.Arbitrary<Q>,
  questions: readonly Q[],
  outcomes: readonly Outcome[],
): Promise<readonly DialectFinding[]> {
  const all = outcomes.flatMap(({ excused = [] }, i) => excused.map(({ name }) => ({ name, i })));
  const found: DialectFinding[] = [];
  for (const name of new Set(all.map((one) => one.name))) {
    const mine = all.filter((one) => one.name === name);
    const { i } = mine[0]!;
    const at = [subject.seed, i, name, questions[i]!, outcomes[i]!, excusedIn] as const;
    found.push({ ...(await shrunk(law, subject, drawn, ...at)), count: mine.length });
  }
  return found;
}

const faultsIn = ({ faults }: Outcome): readonly Fault[] => faults;
const excusedIn = ({ excused = [] }: Outcome): readonly Fault[] => excused;

/** The smallest question with a fault of this name, starting from the i-th that is drawn. */
async function shrunk<Q>(
  law: Law<Q>,
  subject: Subject,
  drawn: fc.Arbitrary<Q>,
  seed: number,
  i: number,
  name: string,
  question: Q,
  outcome: Outcome,
  among: (outcome: Outcome) => readonly Fault[] = faultsIn,
): Promise<Finding> {
  let smallest = { question, fault: among(outcome).find((f) => f.name === name)! };
  const isFree = async (q: Q): Promise<boolean> => {
    const fault = among(await law.answer(subject, q)).find((f) => f.name === name);
    if (fault) smallest = { question: q, fault };
    return !fault;
  };
  await fc.check(fc.asyncProperty(drawn, isFree), { seed, path: String(i), numRuns: i + 1 });
  return { ...smallest.fault, question: law.witness(smallest.question) };
}

function byRegion(all: readonly Graded[]): LawResult['grades'] {
  const table: { [of: string]: { [region: string]: RegionGrade } } = {};
  for (const { of, region, grade, ulps } of all) {
    const rows = table[of] ?? {};
    table[of] = rows;
    const row = rows[region] ?? { grade: 'S', ulps: 0, count: 0 };
    rows[region] = {
      grade: worse(row.grade, grade),
      ulps: Math.max(row.ulps, ulps),
      count: row.count + 1,
    };
  }
  return table;
}
