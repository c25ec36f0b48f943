/** What survived fewer tests is asked again, and nothing else; an answer that does not come is no kill. */
import { expect, test } from 'vitest';
import { type Outcome, outcomeOf } from './outcome.ts';
import { placesOf, renewed } from './survivors.ts';
import { tallied } from './tally.ts';

const source = 'a + b + c\n';
const at = (column: number, status: string): Outcome =>
  outcomeOf(
    {
      ...{ fileName: 'spec/grade.ts', status, replacement: '-' },
      location: { start: { line: 1, column }, end: { line: 1, column: column + 1 } },
    },
    source,
  );
const before = tallied([at(1, 'Killed'), at(5, 'Survived'), at(9, 'NoCoverage')]);

test('places of survivors: lines count from 1, columns from 0', () => {
  const twice = tallied([at(1, 'Killed'), at(5, 'Survived'), at(9, 'Survived'), at(5, 'Survived')]);
  expect(placesOf(twice)).toEqual(['spec/grade.ts:1:4-1:5', 'spec/grade.ts:1:8-1:9']);
});
test('what is killed now is counted so, and nothing else changes', () => {
  const now = [at(9, 'Survived'), at(5, 'Killed'), at(1, 'Survived')];
  const { killed, survivors } = renewed(before, now)['spec/grade.ts']!;
  expect(killed).toBe(2);
  expect(survivors.map(({ location }) => location.start.column)).toEqual([9]);
});
test('a survivor that nobody asked is no kill', () => {
  expect(() => renewed(before, [at(5, 'Killed')])).toThrow(/c → - was not asked again/);
});
