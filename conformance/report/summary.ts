/** What is said about a candidate, from the stream of results: one row for each operator. */
import type { LawResult } from '../../properties/law.ts';
import { type Grade, worse } from '../../spec/grade.ts';
import { checkName } from '../baseline.ts';

export interface Graded {
  readonly grade: Grade;
  /** The region with the worst grade, and of those the one with the largest error. */
  readonly region: string;
  /** The largest error observed there. */
  readonly ulps: number;
  readonly count: number;
}

export interface Row {
  readonly op: string;
  readonly value?: Graded;
  readonly gradient?: Graded;
  readonly laws: number;
  readonly compared: number;
  readonly undecided: number;
  /** The names of the checks that fail. */
  readonly failed: readonly string[];
}

export function summarize(results: readonly LawResult[]): readonly Row[] {
  const ops = [...new Set(results.map((r) => r.op))];
  return ops.map((op) =>
    rowOf(
      op,
      results.filter((r) => r.op === op),
    ),
  );
}

function rowOf(op: string, results: readonly LawResult[]): Row {
  const value = worstRegion(results, 'value');
  const gradient = worstRegion(results, 'gradient');
  const total = (count: (r: LawResult) => number) => results.reduce((n, r) => n + count(r), 0);
  return {
    op,
    ...(value ? { value } : {}),
    ...(gradient ? { gradient } : {}),
    laws: results.filter((r) => r.status !== 'unsupported').length,
    compared: total((r) => r.compared),
    undecided: total((r) => r.undecided),
    failed: results.flatMap((r) => r.findings.map((f) => checkName(r.op, r.law, f.name))),
  };
}

export type Word = 'FAIL' | 'KNOWN' | 'NONE' | 'PASS';

/** What compared nothing has not passed; what fails as listed has not either. */
export function wordFor({ failed, compared }: Row, excused: ReadonlySet<string>): Word {
  if (failed.some((check) => !excused.has(check))) return 'FAIL';
  if (failed.length > 0) return 'KNOWN';
  return compared > 0 ? 'PASS' : 'NONE';
}

function worstRegion(results: readonly LawResult[], of: 'value' | 'gradient'): Graded | undefined {
  const regions = results.flatMap((r) => Object.entries(r.grades[of] ?? {}));
  if (regions.length === 0) return undefined;
  const [region, worst] = regions.reduce((a, b) => {
    if (a[1].grade === b[1].grade) return b[1].ulps > a[1].ulps ? b : a;
    return worse(a[1].grade, b[1].grade) === b[1].grade ? b : a;
  });
  const count = regions.reduce((n, [, r]) => n + r.count, 0);
  return { grade: worst.grade, ulps: worst.ulps, region, count };
}
