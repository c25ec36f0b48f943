/**
 * # Laws, and how one is tested
 *
 * A law draws questions, asks a candidate, and names the faults of its answers. Every kind of fault
 * becomes one finding: the first case that shows it, shrunk by fast-check to the smallest that still
 * does. Questions and outcomes are counted and forgotten. Grades are collected by region along the
 * way, so that one run judges and searches at once.
 */
import fc from 'fast-check';
import type { Grade } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { isBreakdown, type Wanted } from './candidate.ts';
import { type Judged, type Question, questionOf, type Subject } from './subject.ts';
import { count, type First, resultOf, type Tally, tallyOf } from './tally.ts';

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
  /** The question that is to blame, where it is not the witness of what the law asked. */
  readonly question?: Question;
  /** The last of what the program said beside its answers. */
  readonly stderr?: string;
}

/** A question that the candidate broke down at; what was not even asked is not counted. */
export const brokenAt = (fault: Fault): Outcome => ({
  faults: [fault],
  compared: fault.name === 'aborted' ? 0 : 1,
});

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

/** How a law judges an answer that it judges number by number. */
export interface Strictness {
  /** The grade to demand of a number in place of the subject's own. */
  readonly gate?: (judged: Judged) => Grade | undefined;
  /** Which numbers count; all if absent. */
  readonly counts?: (judged: Judged) => boolean;
  /** The sign of a zero is not a matter of this law. */
  readonly signedZero?: 'ignore';
  readonly isGraded?: boolean;
  /**
   * Gradients count also where the reduction divides by 0. Elsewhere they do not: a mean whose
   * weights add up to 0 has no derivative, and NaN and ±∞ are equally right.
   */
  readonly isEmpty?: boolean;
}

export interface Law<Q = Question> {
  /** Kebab-case or plain words; stable, because baselines refer to it. */
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly says: string;
  appliesTo(op: Op): boolean;
  questions(subject: Subject): fc.Arbitrary<Q>;
  answer(subject: Subject, question: Q): Promise<Outcome>;
  /** Of a law that judges every number for itself. */
  strictness?(subject: Subject, question: Question): Strictness;
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

/** How many questions are drawn where every one is answered. */
export const questionsDue = ({ effort = 1 }: Pick<Law, 'effort'>, runs: number): number =>
  Math.max(1, Math.ceil(runs * effort));

/** Called between questions: others get a turn, and what it throws ends the test. */
export type Between = () => void | Promise<void>;

/** Tests a law on `runs` questions. Never passes what was not compared. */
export async function test<Q>(
  law: Law<Q>,
  subject: Subject,
  runs: number,
  between?: Between,
): Promise<LawResult> {
  const drawn = law.questions(subject);
  const tally = tallyOf<Q>();
  await askAll(law, subject, drawn, runs, tally, between);
  const findings: Finding[] = [];
  for (const first of tally.first.values()) {
    const isWhole = first.fault.question !== undefined || isBreakdown(first.fault.name);
    findings.push(
      isWhole
        ? { question: law.witness(first.question), ...first.fault }
        : await shrunk(law, subject, drawn, first, between),
    );
  }
  findings.push(...(await afterthoughts(law, subject, tally)));
  const dialects: DialectFinding[] = [];
  for (const { first, count } of tally.legal.values())
    dialects.push({ ...(await shrunk(law, subject, drawn, first, between, excusedIn)), count });
  return resultOf(subject.op.id, law.name, tally, findings, dialects);
}

const faultsIn = ({ faults }: Outcome): readonly Fault[] => faults;
const excusedIn = ({ excused = [] }: Outcome): readonly Fault[] => excused;

// Asking -----------------------------------------------------------------------------------------

/**
 * Draws and asks until enough is answered. As many questions are in flight as the candidate takes at
 * once, but none that might turn out to be one too many, and what becomes of them is counted in the
 * order in which they were drawn: so the result is the same as one by one.
 */
async function askAll<Q>(
  law: Law<Q>,
  subject: Subject,
  drawn: fc.Arbitrary<Q>,
  runs: number,
  tally: Tally<Q>,
  between: Between = () => {},
): Promise<void> {
  const due = questionsDue(law, runs);
  const { width = 1 } = subject.candidate;
  const flight: { i: number; question: Q; outcome: Promise<Outcome> }[] = [];
  const isEnough = (): boolean => tally.answered + flight.length >= due / 2;
  const land = async (): Promise<void> => {
    const { i, question, outcome } = flight.shift()!;
    count(tally, i, question, await outcome);
    await between();
  };
  let drawnSoFar = 0;
  const isFlying = async (question: Q): Promise<boolean> => {
    const i = drawnSoFar++;
    while (i >= due && flight.length > 0 && isEnough()) await land();
    if (i >= due && isEnough()) return false;
    const outcome = law.answer(subject, question);
    // Whoever waits for it gets it; until then it is nobody's.
    outcome.catch(() => {});
    flight.push({ i, question, outcome });
    if (flight.length >= width) await land();
    return true;
  };
  await drawing(drawn, isFlying, { seed: subject.seed, numRuns: due * PATIENCE });
  while (flight.length > 0) await land();
}

/** One value after the other, none kept, while they are wanted. What `isWanted` throws is thrown. */
async function drawing<Q>(
  drawn: fc.Arbitrary<Q>,
  isWanted: (value: Q) => Promise<boolean>,
  parameters: fc.Parameters<[Q]>,
): Promise<void> {
  let thrown: { readonly problem: unknown } | undefined;
  const property = fc.asyncProperty(drawn, async (value) => {
    try {
      return await isWanted(value);
    } catch (problem) {
      thrown = { problem };
      return false;
    }
  });
  await fc.check(property, { ...parameters, endOnFailure: true });
  if (thrown) throw thrown.problem;
}

// Findings that are not shrunk ---------------------------------------------------------------------

/** What came to light after the answers, as findings. */
async function afterthoughts<Q>(
  law: Law<Q>,
  subject: Subject,
  { some, first }: Tally<Q>,
): Promise<readonly Finding[]> {
  const came = (await subject.candidate.afterthoughts?.()) ?? [];
  return came.flatMap(({ request, name, says }) => {
    if (some === undefined || first.has(name)) return [];
    const isOwn = request?.op === subject.op.id;
    return [{ name, says, question: isOwn ? questionOf(request) : law.witness(some) }];
  });
}

// Shrinking --------------------------------------------------------------------------------------

/** Simpler questions that are tried: what is shown is small, or as small as these have found. */
const TRIES = 120;

/** The smallest question with a fault of this name, starting from the i-th that is drawn. */
async function shrunk<Q>(
  law: Law<Q>,
  subject: Subject,
  drawn: fc.Arbitrary<Q>,
  { i, question, fault }: First<Q>,
  between: Between = () => {},
  among: (outcome: Outcome) => readonly Fault[] = faultsIn,
): Promise<Finding> {
  let smallest = { question, fault };
  let tries = 0;
  const isFree = async (drawnQuestion: Q): Promise<boolean> => {
    if (++tries > TRIES) return true;
    await between();
    const q = only(fault.want, drawnQuestion);
    const found = among(await law.answer(subject, q)).find((f) => f.name === fault.name);
    if (found) smallest = { question: q, fault: found };
    return !found;
  };
  const { seed } = subject;
  await fc.check(fc.asyncProperty(drawn, isFree), { seed, path: String(i), numRuns: i + 1 });
  return { ...smallest.fault, question: law.witness(smallest.question) };
}

/** The question without what it wants beside the answer that is at fault. */
const only = <Q>(want: Wanted | undefined, question: Q): Q =>
  want !== undefined && typeof question === 'object' && question !== null && 'want' in question
    ? { ...question, want: [want] }
    : question;
