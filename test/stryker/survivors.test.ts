/** What survived fewer tests is asked again, and nothing else; an answer that does not come is no kill. */
import { expect, test } from 'vitest';
import { type Outcome, outcomeOf } from './outcome.ts';
import { renewed, survivorsOf } from './survivors.ts';

const source = 'a + b + c\n';
const at = (column: number, status: string): Outcome =>
  outcomeOf(
    'grade',
    {
      ...{ fileName: 'spec/grade.ts', status, replacement: '-' },
      location: { start: { line: 1, column }, end: { line: 1, column: column + 1 } },
    },
    source,
  );
const before = [at(1, 'Killed'), at(5, 'Survived'), at(9, 'NoCoverage')];

test('places of survivors: lines count from 1, columns from 0', () => {
  expect(survivorsOf([...before, at(5, 'Survived')])).toEqual([
    'spec/grade.ts:1:4-1:5',
    'spec/grade.ts:1:8-1:9',
  ]);
});
test('what is known now takes the place of what survived', () => {
  const now = [at(9, 'Survived'), at(5, 'Killed'), at(1, 'Survived')];
  expect(renewed(before, now).map(({ status }) => status)).toEqual([
    ...['Killed', 'Killed', 'Survived'],
  ]);
});
test('a survivor that nobody asked is no kill', () => {
  expect(() => renewed(before, [at(5, 'Killed')])).toThrow(/c → - was not asked again/);
});
