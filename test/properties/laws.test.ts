/** # Laws hold where they should, and compare something everywhere */
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { reference } from '../../conformance/reference.ts';
import { check, everyLaw } from '../../conformance/run.ts';
import type { Candidate } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import type { Grade } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import { seed } from '../seed.ts';

async function resultsOf(
  candidate: Candidate,
  op: Op,
  runs: number,
  minGrade: Grade,
): Promise<readonly LawResult[]> {
  const all: LawResult[] = [];
  for await (const result of check(candidate, { ops: [op], runs, seed, minGrade }))
    all.push(result);
  return all;
}

const everyOp = [...operators].map(([id, op]) => [id, op] as const);
/** Identities that tie several operators together have tests of their own. */
const isOfOne = ({ law }: LawResult): boolean => laws.some(({ name }) => name === law);
const told = ({ law, findings }: LawResult) => findings.map((f) => `${law}: ${f.name}: ${f.says}`);

describe.each(everyOp)('%s', (_, op) => {
  test('the reference passes every law with the best grade, and every law compares something', async () => {
    const all = await resultsOf(reference, op, 6, 'S');
    expect(all.map((r) => r.law)).toEqual(
      everyLaw.filter((l) => l.appliesTo(op)).map((l) => l.name),
    );
    expect(all.flatMap(told)).toEqual([]);
    const vacuous = all.filter((r) => r.compared === 0 && isOfOne(r)).map((r) => r.law);
    expect(vacuous).toEqual([]);
    expect(all.filter(isOfOne).every((r) => r.status === 'pass')).toBe(true);
    const graded = all.flatMap((r) => Object.values(r.grades).flatMap((g) => Object.values(g)));
    expect(new Set(graded.map((g) => g.grade))).toEqual(new Set(['S']));
  });

  test('our own passes every law with the grades that it promises', async () => {
    const all = await resultsOf(fast('1'), op, 12, 'C');
    expect(all.flatMap(told)).toEqual([]);
    expect(all.every((r) => r.status === 'pass' && r.compared > 0)).toBe(true);
  });

  test('little is left undecided or unanswered', async () => {
    const all = await resultsOf(fast('1'), op, 12, 'C');
    expect(all.filter((r) => r.undecided > 0 && isOfOne(r)).map((r) => r.law)).toEqual([]);
    expect(all.filter((r) => r.skipped > r.questions / 2).map((r) => r.law)).toEqual([]);
  });
});

test('every law applies to some operator and says what must hold', () => {
  for (const law of everyLaw) {
    expect(law.says).not.toBe('');
    expect([...operators.values()].some((op) => law.appliesTo(op))).toBe(true);
  }
  expect(new Set(everyLaw.map((law) => law.name)).size).toBe(everyLaw.length);
});

test('every clause names a law', () => {
  const names = new Set(everyLaw.map((law) => law.name));
  const unknown = [...operators.values()].flatMap((op) =>
    Object.entries(op.clauses).flatMap(([id, [law]]) => (names.has(law) ? [] : [`${id}: ${law}`])),
  );
  expect(unknown).toEqual([]);
});
