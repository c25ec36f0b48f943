/** # Planted bugs are found, shrunk to what matters, and named for what they look like */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { subjectOf } from '../../conformance/run.ts';
import { looksLike } from '../../properties/hypotheses.ts';
import { type Finding, test as inspect, type LawResult } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import type { Subject } from '../../properties/subject.ts';
import { type Planted, plainlyPlanted, planted } from '../planted.ts';
import { seed } from '../seed.ts';

/** As `check` does it for the profile `quick`. */
const QUICK = 100;
/** Enough where hardly an answer is right, though some are: of one class, or with weights of 0. */
const FEW = 30;
/** Of an honest one. */
const FEWER = 5;

async function subjectFor({ candidate, op }: Planted): Promise<Subject> {
  const hello = await candidate.hello();
  return subjectOf(candidate, hello, operators.get(op)!, { seed, minGrade: 'C' })!;
}
const lawFor = ({ law: name }: Planted) => laws.find((law) => law.name === name)!;

const resultOf = async (bug: Planted): Promise<LawResult> =>
  inspect(lawFor(bug), await subjectFor(bug), bug.runs ?? QUICK);

/** The names of all faults of a few answers, up to the one that is sought. */
async function faultsOf(bug: Planted, numRuns: number): Promise<readonly string[]> {
  const [law, subject] = [lawFor(bug), await subjectFor(bug)];
  const names: string[] = [];
  for (const question of fc.sample(law.questions(subject), { seed, numRuns })) {
    const { faults } = await law.answer(subject, question);
    names.push(...faults.map(({ name }) => name));
    if (names.includes(bug.fault)) break;
  }
  return names;
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

test.each(plainlyPlanted.map((bug) => [bug.op, bug.what, bug.law, bug] as const))(
  '%s, %s: noticed by %s',
  async (op, _, __, bug) => {
    expect(await faultsOf(bug, FEW)).toContain(bug.fault);
    expect(await faultsOf({ ...bug, candidate: fast(op) }, FEWER)).toEqual([]);
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
    const without = (ids: readonly string[]) =>
      ids.filter((id) => ![...planted, ...plainlyPlanted].some(({ op }) => op === id));
    expect(without([...operators.keys()])).toEqual([]);
    expect(without(['relu', 'an operator without a bug'])).toEqual(['an operator without a bug']);
  });
});
