/** # The suite's own tests notice when the suite goes blind */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decoys, mistakes } from './mistakes.ts';
import { planted, planting } from './plugin.ts';
import { read, root, seenIn } from './run.ts';

describe('a mistake', () => {
  test.each(Object.entries(mistakes))('has its place and its tests: %s', (_, mistake) => {
    const text = readFileSync(join(root, mistake.file), 'utf8');
    expect(planted(text, mistake)).not.toBe(text);
    expect(mistake.tests.length).toBeGreaterThan(0);
    for (const path of mistake.tests) expect(existsSync(join(root, path)), path).toBe(true);
  });
  test('without a place, with two, or unknown is an error', () => {
    const mistake = { file: 'a.ts', from: 'x', to: 'y', tests: [] };
    expect(planted('a x b', mistake)).toBe('a y b');
    expect(() => planted('a b', mistake)).toThrow('has it 0 times: x');
    expect(() => planted('x x', mistake)).toThrow('has it 2 times: x');
    expect(() => planting('no such thing', root)).toThrow('there is no mistake "no such thing"');
    expect(planting(undefined, root)).toEqual([]);
  });
});

/** The quickest of three kinds; `npm run harness` takes all. */
const sample = [
  'the comparator accepts NaN',
  'floats that reach no tail',
  'an exception is swallowed',
] as const;

describe('tests go red', () => {
  test.each(sample)('%s', async (name) => {
    for (const path of mistakes[name]!.tests)
      expect(await seenIn(path, name)).toEqual({ failed: expect.any(String) });
  });
  test.each([
    ['nothing is changed', 'all tests pass'],
    ['a file that cannot be read', 'no test was run'],
  ])('and not for another reason: %s', async (name, due) => {
    const [path] = decoys[name]!.tests;
    expect(await seenIn(path!, name)).toEqual({ instead: expect.stringContaining(due) });
  });
  test('nor because there are none', async () => {
    expect(await seenIn('test/nowhere.test.ts')).toEqual({
      instead: '0 files of tests were run',
    });
  });
  test('nor where it is another file, nobody failed, or nothing is said', () => {
    const file = (...all: string[]) => ({
      message: 'oops',
      assertionResults: all.map((status) => ({ fullName: status, status })),
    });
    const told = (...testResults: object[]) => JSON.stringify({ testResults });
    expect(read(told(file('passed', 'failed')), 1)).toEqual({ failed: 'failed' });
    expect(read(told(file('failed'), file('passed')), 1)).toEqual({
      instead: '2 files of tests were run',
    });
    expect(read(told(file('passed', 'skipped')), 1)).toEqual({ instead: 'no test failed: oops' });
    expect(read('', 1)).toEqual({ instead: 'vitest said nothing and ended with 1' });
  });
});
