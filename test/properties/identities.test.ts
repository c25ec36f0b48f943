/** The identities hold of the definitions and of our candidates, and fail for what breaks them. */
import fc from 'fast-check';
import { describe, expect, test as it } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { reference } from '../../conformance/reference.ts';
import { subjectOf } from '../../conformance/run.ts';
import type { Candidate } from '../../properties/candidate.ts';
import { certifiedIdentities, identities } from '../../properties/identities/index.ts';
import { test } from '../../properties/law.ts';
import { seed } from '../spec/seed.ts';

describe('on the definitions, certified', () => {
  it.each(certifiedIdentities)('$name', ({ property }) => {
    const numRuns = 200;
    const { failed, numSkips, ...details } = fc.check(property, { seed, numRuns });
    console.log(numSkips);
    expect(failed, fc.defaultReportMessage(details as never)).toBe(false);
    expect(numSkips).toBeLessThan(numRuns / 4);
  });
});

const names = ['reference', 'fast'] as const;
const candidates: { readonly [name in (typeof names)[number]]: Candidate } = {
  reference,
  fast: fast('test'),
};
const subjectsOf = async (
  law: (typeof identities)[number],
  candidate: Candidate,
  minGrade: 'S' | 'C',
) => {
  const hello = await candidate.hello();
  return [...operators.values()]
    .filter((op) => law.appliesTo(op))
    .map((op) => subjectOf(candidate, hello, op, { seed, minGrade })!);
};

describe.each(names)('%s', (name) => {
  it.each(identities)('$name', async (law) => {
    const subjects = await subjectsOf(law, candidates[name], name === 'fast' ? 'C' : 'S');
    expect(subjects.length).toBeGreaterThan(0);
    for (const subject of subjects) {
      const t0 = performance.now();
      const result = await test(law, subject, 100);
      console.log(
        law.name,
        result.questions,
        result.compared,
        result.undecided,
        result.skipped,
        performance.now() - t0,
      );
      expect(result.findings.map((f) => f.says)).toEqual([]);
      expect(result.status).toBe('pass');
    }
  });
});
