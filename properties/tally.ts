/**
 * # What outcomes add up to
 *
 * As much for a million as for one: outcomes are counted and forgotten, except for the first question
 * that shows each kind of fault.
 */
import { worse } from '../spec/grade.ts';
import type {
  DialectFinding,
  Fault,
  Finding,
  Graded,
  LawResult,
  Outcome,
  RegionGrade,
} from './law.ts';
import type { Question } from './subject.ts';

/** Where a fault was first seen. */
export interface First<Q> {
  readonly i: number;
  readonly question: Q;
  readonly fault: Fault;
}

export interface Tally<Q> {
  questions: number;
  compared: number;
  answered: number;
  skipped: number;
  undecided: number;
  readonly reasons: Set<string>;
  readonly grades: { [of: string]: { [region: string]: RegionGrade } };
  readonly first: Map<string, First<Q>>;
  /** Legal differences, and how many numbers met each. */
  readonly legal: Map<string, { readonly first: First<Q>; count: number }>;
  /** Any question that was asked. */
  some?: Q;
}

export const tallyOf = <Q>(): Tally<Q> => ({
  ...{ questions: 0, compared: 0, answered: 0, skipped: 0, undecided: 0 },
  ...{ reasons: new Set(), grades: {}, first: new Map(), legal: new Map() },
});

export function count<Q>(tally: Tally<Q>, i: number, question: Q, outcome: Outcome): void {
  tally.some ??= question;
  tally.questions++;
  tally.compared += outcome.compared;
  if (outcome.compared > 0) tally.answered++;
  if (outcome.isUndecided) tally.undecided++;
  if (outcome.skipped !== undefined) {
    tally.skipped++;
    tally.reasons.add(outcome.skipped);
  }
  for (const graded of outcome.grades ?? []) addGrade(tally.grades, graded);
  for (const fault of outcome.faults) {
    const before = tally.first.get(fault.name);
    if (!before || isSmaller(fault, before.fault))
      tally.first.set(fault.name, { i, question, fault });
  }
  for (const fault of outcome.excused ?? []) {
    const met = tally.legal.get(fault.name) ?? { first: { i, question, fault }, count: 0 };
    met.count++;
    tally.legal.set(fault.name, met);
  }
}

export function resultOf(
  op: string,
  law: string,
  { questions, compared, skipped, undecided, reasons, grades }: Tally<unknown>,
  findings: readonly Finding[],
  dialects: readonly DialectFinding[] = [],
): LawResult {
  return {
    ...{ op, law },
    status: statusOf(findings, compared, dialects),
    ...{ questions, compared, skipped, undecided },
    reasons: [...reasons],
    grades,
    findings,
    ...(dialects.length > 0 ? { dialects } : {}),
  };
}

/** What compared nothing but legal differences has neither passed nor failed. */
function statusOf(
  findings: readonly Finding[],
  compared: number,
  dialects: readonly DialectFinding[],
): LawResult['status'] {
  if (findings.length > 0) return 'fail';
  if (compared > 0) return 'pass';
  return dialects.length > 0 ? 'dialect' : 'unsupported';
}

/** Breakdowns are not shrunk, as each costs a restart: the smallest that came is shown. */
const isSmaller = (a: Fault, b: Fault): boolean =>
  a.question !== undefined && b.question !== undefined && sizeIn(a.question) < sizeIn(b.question);

const sizeIn = ({ tensors }: Question): number =>
  Object.values(tensors).reduce((n, t) => n + (t?.data.length ?? 0), 0);

function addGrade(
  table: { [of: string]: { [region: string]: RegionGrade } },
  { of, region, grade, ulps }: Graded,
): void {
  const rows = table[of] ?? {};
  table[of] = rows;
  const row = rows[region] ?? { grade: 'S', ulps: 0, count: 0 };
  rows[region] = {
    grade: worse(row.grade, grade),
    ulps: Math.max(row.ulps, ulps),
    count: row.count + 1,
  };
}
