/** Several processes for one check: the run is the same, and what goes wrong in one of them is told. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { touchstone } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-jobs-'));
const few = ['--profile', 'smoke', '--op', 'hard*', '--report'];

test('two processes find what one finds, in every byte', async () => {
  const [one, two] = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')];
  const alone = await touchstone(['check', 'fast', ...few, `jsonl=${one}`]);
  const shared = await touchstone(['check', 'fast', ...few, `jsonl=${two}`, '--jobs', '2']);
  expect(shared).toEqual(alone);
  // In these tests the exports of src/ have another order, which is that of the header.
  const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(1);
  expect(linesOf(two)).toEqual(linesOf(one));
});

test('a candidate that cannot be run is told once, with its exit code', async () => {
  const args = ['check', './nobody.js', '--op', 'relu', '--jobs', '2'];
  const { code, err } = await touchstone(args);
  expect(code).toBe(3);
  expect(err).toContain('./nobody.js: there is no such file');
});

test.each([
  [['--jobs', '0'], '--jobs 0 should be a whole number from 1 to 64'],
  [['--jobs', 'two'], '--jobs two should be a whole number'],
  [['--jobs', '2', '--shard', '1/2'], 'leave out --shard'],
  [['--jobs', '2', '--profile', 'huge'], '--profile huge should be one of'],
])('%o is refused', async (options, says) => {
  const { code, err } = await touchstone(['check', 'fast', ...options]);
  expect(err).toContain(says);
  expect(code).toBe(2);
});
