/** A sample of mutants is killed; and where tests assert nothing mutants survive, and that is told. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** With the variables of this run left out: Stryker has its own. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')),
);
const run = (which: string) =>
  spawnSync(process.execPath, ['dist/test/stryker/main.js', '--sample', which], {
    ...{ env, encoding: 'utf8' },
  });
const counted = (said: string): number =>
  [...said.matchAll(/: (\d+) mutants/g)].reduce((sum, [, n]) => sum + Number(n), 0);

test('tests that assert nothing kill nothing', () => {
  const { status, stdout, stderr } = run('unasserted');
  expect(counted(stdout), stderr).toBeGreaterThan(4);
  expect(stdout).toContain('0 killed, 0 explained');
  expect(stdout).toContain('survived at');
  expect(status).toBe(1);
});

test('of every core file some mutants, and none survives without a reason', () => {
  const { status, stdout, stderr } = run('core');
  expect(counted(stdout), stderr).toBeGreaterThan(40);
  expect(stdout).not.toContain('survived at');
  expect(status).toBe(0);
});
