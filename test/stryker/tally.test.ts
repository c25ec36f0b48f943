/** Mutants are counted by file, and never excused by a stale line; the page is what the reports say. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explained } from './explained.ts';
import type { Outcome } from './outcome.ts';
import { page } from './page.ts';
import { codeOf, readReports } from './reports.ts';
import { countsOf, staleOf, summary, type Tally, tallied, together } from './tally.ts';
import { targets } from './targets.ts';

const name = 'spec/grade.ts: a > 2 → a >= 2';
const outcome = (isKilled: boolean): Outcome => ({
  ...{ file: 'spec/grade.ts', mutant: name, isKilled, status: isKilled ? 'Killed' : 'Survived' },
  location: { start: { line: 2, column: 11 }, end: { line: 3, column: 4 } },
});
const [killed, survived] = [tallied([outcome(true)]), tallied([outcome(false)])];
const both = tallied([outcome(true), outcome(false)]);
const scoreOf = (reasons: { readonly [mutant: string]: string }): string =>
  countsOf(both['spec/grade.ts']!, reasons).score;

test('a survivor lowers the score until it is explained', () => {
  expect(scoreOf({})).toBe('50.00 %');
  expect(scoreOf({ [name]: 'the same' })).toBe('100.00 %');
  expect(summary(both, {})).toContain(`survived at 2: ${name}\n`);
  expect(summary(both, { [name]: 'the same' })).toBe(
    'spec/grade.ts: 2 mutants, 1 killed, 1 explained, 0 open: 100.00 %\n',
  );
});
test('files are counted each and together', () => {
  const other = { ...outcome(true), file: 'spec/format.ts' };
  const tallies = tallied([outcome(false), other, other]);
  expect(Object.keys(tallies)).toEqual(['spec/grade.ts', 'spec/format.ts']);
  const all: Tally = together(Object.values(tallies));
  expect(all.killed).toBe(2);
  expect(all.survivors.map(({ mutant }) => mutant)).toEqual([name]);
});
test('an explanation of what is killed, or not there, is stale', () => {
  const reasons = { [name]: 'the same' };
  expect(staleOf(survived, reasons)).toEqual([]);
  expect(staleOf(killed, reasons)).toEqual([name]);
  // Nobody can tell of files that were not asked for.
  expect(staleOf(tallied([{ ...outcome(true), file: 'spec/format.ts' }]), reasons)).toEqual([]);
});
test('one may be given for whatever takes the place of what was there', () => {
  const reasons = { 'spec/grade.ts: a > 2': 'the same' };
  expect(scoreOf(reasons)).toBe('100.00 %');
  expect(staleOf(survived, reasons)).toEqual([]);
  expect(staleOf(killed, reasons)).toEqual(Object.keys(reasons));
  expect(scoreOf({ 'spec/grade.ts: a': 'another' })).toBe('50.00 %');
});
test('a page has every file and every survivor', () => {
  const report = { target: 'grade', every: 1, files: {}, tallies: both };
  const written = page([report], { [name]: 'the same' }, ['format']);
  expect(written).toContain('| `spec/grade.ts` | all | 2 | 1 | 50.00 % | 1 | 0 | 100.00 % |');
  expect(written).toContain(`- \`${name}\`: the same`);
  expect(written).toContain('Not run: `format`.');
  const thin = page([{ ...report, every: 5 }], {}, []);
  expect(thin).toContain('| `spec/grade.ts` | 1 in 5 | 2 | 1 | 50.00 % | 0 | 1 | 50.00 % |');
  expect(thin).toContain(`- \`${name}\`: not explained`);
});
test('the page in docs is what the reports say', async () => {
  const all = Object.keys(targets);
  const reports = await readReports(all);
  expect(page(reports, explained, all)).toBe(readFileSync('docs/stryker.md', 'utf8'));
});

test('a report outlives what is said in comments, and nothing else', () => {
  const code = codeOf('a(); // b\n  // c\n/** d */\n * e\nf();\n');
  expect(code).toBe('a(); // b\n\n\n\nf();\n');
  expect(codeOf('a(); // b\n  // g\n/** h\n */\nf();\n')).toBe(code);
  expect(codeOf('a(); // b\n\n\n/** d */\n * e\nf();\n')).not.toBe(code);
});

test('every test of a target is there', () => {
  for (const { tests } of Object.values(targets))
    for (const file of tests) expect(existsSync(file), file).toBe(true);
});
