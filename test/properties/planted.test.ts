/** # Planted bugs are found, shrunk to what matters, and named for what they look like */
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { check } from '../../conformance/run.ts';
import { looksLike } from '../../properties/hypotheses.ts';
import type { Finding, LawResult } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import { type Planted, planted } from '../planted.ts';
import { seed } from '../seed.ts';

const RUNS = 60;

async function results({ candidate, op, runs = RUNS }: Planted): Promise<readonly LawResult[]> {
  const all: LawResult[] = [];
  const plan = { ops: [operators.get(op)!], runs, seed, minGrade: 'C' } as const;
  for await (const result of check(candidate, plan)) all.push(result);
  return all;
}

const like = (id: string, { question, want, index, got }: Finding): string | undefined =>
  want === undefined || index === undefined || got === undefined
    ? undefined
    : looksLike(operators.get(id)!, question, want, index, got);

test.each(planted.map((bug) => [bug.op, bug.what, bug.law, bug] as const))(
  '%s, %s: found by %s',
  async (op, _, law, bug) => {
    const all = await results(bug);
    const found = all.find((r) => r.law === law)!;
    expect(found.findings.map((f) => f.name)).toContain(bug.fault);
    expect(found.status).toBe('fail');
    const finding = found.findings.find((f) => f.name === bug.fault)!;
    const { input } = finding.question.tensors;
    if (bug.numbers !== undefined) expect(input!.data.length).toBeLessThanOrEqual(bug.numbers);
    if (bug.like !== undefined) expect(like(op, finding)).toMatch(bug.like);
  },
);

describe('none is forgotten', () => {
  test('every law has a bug that it finds', () => {
    const without = (names: readonly string[]) =>
      names.filter((name) => !planted.some(({ law }) => law === name));
    expect(without(laws.map(({ name }) => name))).toEqual([]);
    // This test can fail, too.
    expect(without(['value', 'a law without a bug'])).toEqual(['a law without a bug']);
  });
  test('every operator has one', () => {
    const without = [...operators.keys()].filter((id) => !planted.some(({ op }) => op === id));
    expect(without).toEqual(['reverse-cross-entropy', 'symmetric-cross-entropy']);
  });
});
