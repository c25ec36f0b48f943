/** What is left alone is what says where questions are drawn, and nothing else of a definition. */
import { expect, test } from 'vitest';
import { strykerPlugins } from './questions.ts';

const [questions] = strykerPlugins;
const reasonFor = (name: string, type = 'ObjectProperty'): string | undefined =>
  questions!.value.shouldIgnore({ node: { type, key: { name } } });

test.each(['draw', 'exact', 'labels', 'points'])('%s says where questions are drawn', (name) => {
  expect(reasonFor(name)).toBe('it says where questions are drawn');
});
test.each(['min', 'max', 'default', 'absent', 'edges', 'kinks'])('%s is asked', (name) => {
  expect(reasonFor(name)).toBeUndefined();
});
test('so is what has no name, and what is only called like it', () => {
  expect(questions!.value.shouldIgnore({ node: { type: 'ObjectProperty' } })).toBeUndefined();
  expect(reasonFor('exact', 'ClassProperty')).toBeUndefined();
});
