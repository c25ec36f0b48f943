/**
 * # What `check fast` asks, of the operators of a target
 *
 * A definition and its implementation are two, so a mutant of either makes them differ. All is loaded
 * within a test: to Stryker a file that fails before its first test has no test that fails.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matches } from './patterns.ts';

const RUNS = 24;

test('everything loads', async () => {
  for (const folder of [import('../../spec/index.ts'), import('../../src/index.ts')])
    expect(Object.keys(await folder).length).toBeGreaterThan(80);
});

/** Files such as `losses/mse-loss`, of the patterns in `TOUCHSTONE_JUDGED`. */
const patterns = (process.env.TOUCHSTONE_JUDGED ?? '').split(' ');
const judged = ['activations', 'losses'].flatMap((folder) =>
  readdirSync(`src/${folder}`)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((id) => patterns.some((pattern) => matches(pattern, `${folder}/${id}`))),
);

test.each(judged)('%s says of itself what holds', async (id) => {
  const { findOperator } = await import('../../conformance/operators.ts');
  const { asks } = await import('../spec/in-short.ts');
  for (const ask of Object.values(asks)) ask(findOperator(id));
});

test.each(judged)('%s', async (id) => {
  const { fast } = await import('../../conformance/adapters/fast.ts');
  const { findOperator } = await import('../../conformance/operators.ts');
  const { check } = await import('../../conformance/run.ts');
  const plan = { ops: [findOperator(id)], runs: RUNS, seed: 1, minGrade: 'C' } as const;
  let compared = 0;
  for await (const result of check(fast('1'), plan)) {
    const names = result.findings.map(({ name }) => name);
    expect(names, result.law).toEqual([]);
    compared += result.compared;
  }
  expect(compared).toBeGreaterThan(0);
});
