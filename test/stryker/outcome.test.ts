/** Mutants as they are reported: named by what was there, counted by file, and never excused by a stale line. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Outcome, outcomeOf, page, scoreOf, staleOf, summary } from './outcome.ts';
import { targets } from './targets.ts';

const source = 'const a = 1;\nconst b = a >\n  2;\n';
const result = (status: string) => ({
  ...{ fileName: 'spec/grade.ts', status, replacement: 'a >=\n  2' },
  location: { start: { line: 2, column: 11 }, end: { line: 3, column: 4 } },
});
const outcome = (status: string): Outcome => outcomeOf('grade', result(status), source);
const name = 'spec/grade.ts: a > 2 → a >= 2';

describe('an outcome', () => {
  test('is named by file, what was there, and what took its place', () => {
    expect(outcome('Survived')).toMatchObject({
      ...{ target: 'grade', file: 'spec/grade.ts', line: 2, mutant: name, isKilled: false },
    });
  });
  test.each([
    ['Killed', true],
    ['Timeout', true],
    ['Survived', false],
    ['NoCoverage', false],
    ['Ignored', false],
  ])('%s is killed: %s', (status, isKilled) => expect(outcome(status).isKilled).toBe(isKilled));
});

describe('counts', () => {
  const outcomes = [outcome('Killed'), outcome('Survived')];
  test('a survivor lowers the score until it is explained', () => {
    expect(scoreOf(outcomes, {})).toBe('50.00 %');
    expect(scoreOf(outcomes, { [name]: 'the same' })).toBe('100.00 %');
    expect(summary(outcomes, {})).toContain(`survived at 2: ${name}`);
    expect(summary(outcomes, { [name]: 'the same' })).not.toContain('survived');
  });
  test('an explanation of what is killed, or not there, is stale', () => {
    const reasons = { [name]: 'the same' };
    expect(staleOf([outcome('Survived')], reasons)).toEqual([]);
    expect(staleOf([outcome('Killed')], reasons)).toEqual([name]);
    expect(staleOf([{ ...outcome('Killed'), file: 'spec/format.ts' }], reasons)).toEqual([]);
    // Nobody can tell of lines that were left out.
    expect(staleOf([{ ...outcome('Killed'), every: 5 }], reasons)).toEqual([]);
  });
  test('one may be given for whatever takes the place of what was there', () => {
    const reasons = { 'spec/grade.ts: a > 2': 'the same' };
    expect(scoreOf(outcomes, reasons)).toBe('100.00 %');
    expect(staleOf([outcome('Survived')], reasons)).toEqual([]);
    expect(staleOf([outcome('Killed')], reasons)).toEqual(Object.keys(reasons));
    expect(scoreOf(outcomes, { 'spec/grade.ts: a': 'another' })).toBe('50.00 %');
  });
  test('a page has every file and every survivor', () => {
    const written = page(outcomes, { [name]: 'the same' }, ['format']);
    expect(written).toContain('| `spec/grade.ts` | all | 2 | 1 | 50.00 % | 1 | 0 | 100.00 % |');
    expect(written).toContain(`- \`${name}\`: the same`);
    expect(written).toContain('Not run: `format`.');
    const thin = outcomes.map((outcome) => ({ ...outcome, every: 5 }));
    expect(page(thin, {}, [])).toContain('| `spec/grade.ts` | 1 in 5 | 2 | 1 |');
  });
});

test('every test of a target is there', () => {
  for (const { tests } of Object.values(targets))
    for (const file of tests) expect(existsSync(file), file).toBe(true);
});
