/** # Planted bugs are found, shrunk to what matters, and named for what they look like */
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { subjectOf } from '../../conformance/run.ts';
import { looksLike } from '../../properties/hypotheses.ts';
import { type Finding, test as inspect, type LawResult } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import { type Planted, planted } from '../planted.ts';
import { seed } from '../seed.ts';

/** As `check` does it for the profile `quick`. */
const QUICK = 100;

async function resultOf({ candidate, op, law: name, runs = QUICK }: Planted): Promise<LawResult> {
  const hello = await candidate.hello();
  const subject = subjectOf(candidate, hello, operators.get(op)!, { seed, minGrade: 'C' })!;
  return inspect(laws.find((law) => law.name === name)!, subject, runs);
}

const like = (id: string, { question, want, index, got }: Finding): string | undefined =>
  want === undefined || index === undefined || got === undefined
    ? undefined
    : looksLike(operators.get(id)!, question, want, index, got);

test.each(planted.map((bug) => [bug.op, bug.what, bug.law, bug] as const))(
  '%s, %s: found by %s',
  async (op, _, __, bug) => {
    const found = await resultOf(bug);
    expect(found.findings.map((f) => f.name)).toContain(bug.fault);
    expect(found.status).toBe('fail');
    const finding = found.findings.find((f) => f.name === bug.fault)!;
    const { input } = finding.question.tensors;
    if (bug.numbers !== undefined) expect(input!.data.length).toBeLessThanOrEqual(bug.numbers);
    // One of its findings says what it looks like; a number may look like nothing on the list.
    const said = found.findings.map((f) => like(op, f) ?? '').join('\n');
    if (bug.like !== undefined) expect(said).toMatch(new RegExp(bug.like, 'm'));
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
