/**
 * # What `check fast` asks, of the operators of a target
 *
 * A definition and its implementation are two, so a mutant of either makes them differ.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { findOperator } from '../../conformance/operators.ts';
import { check } from '../../conformance/run.ts';
import { matches } from './patterns.ts';

const RUNS = 24;

/** Files such as `losses/mse-loss`, of the patterns in `TOUCHSTONE_JUDGED`. */
const patterns = (process.env.TOUCHSTONE_JUDGED ?? '').split(' ');
const judged = ['activations', 'losses'].flatMap((folder) =>
  readdirSync(`src/${folder}`)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((id) => patterns.some((pattern) => matches(pattern, `${folder}/${id}`))),
);

test.each(judged)('%s', async (id) => {
  const plan = { ops: [findOperator(id)], runs: RUNS, seed: 1, minGrade: 'C' } as const;
  for await (const { law, findings } of check(fast('1'), plan))
    expect(
      findings.map(({ name }) => name),
      law,
    ).toEqual([]);
});
