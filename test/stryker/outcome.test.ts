/** A mutant is named by what was there; only what a test or a limit stopped is killed. */
import { expect, test } from 'vitest';
import { type Outcome, outcomeOf } from './outcome.ts';

const source = 'const a = 1;\nconst b = a >\n  2;\n';
const outcome = (status: string): Outcome =>
  outcomeOf(
    {
      ...{ fileName: 'spec/grade.ts', status, replacement: 'a >=\n  2' },
      location: { start: { line: 2, column: 11 }, end: { line: 3, column: 4 } },
    },
    source,
  );

test('a name has the file, what was there, and what took its place', () => {
  expect(outcome('Survived')).toMatchObject({
    ...{ file: 'spec/grade.ts', mutant: 'spec/grade.ts: a > 2 → a >= 2', isKilled: false },
  });
});
test.each([
  ['Killed', true],
  ['Timeout', true],
  ['Survived', false],
  ['NoCoverage', false],
  ['Ignored', false],
])('%s is killed: %s', (status, isKilled) => expect(outcome(status).isKilled).toBe(isKilled));
