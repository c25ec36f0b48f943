/** Several processes for one check: the run is the same, and what goes wrong in one of them is told. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { jobsOf } from '../../conformance/commands/jobs.ts';
import { readRun } from '../../conformance/report/read.ts';
import { everyLaw } from '../../conformance/run.ts';
import { relu } from '../../spec/index.ts';
import { touchstone } from './terminal.ts';

const cli = new URL('../../dist/conformance/cli.js', import.meta.url).pathname;

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

test('by default a long check of a program takes a process for each core, and all else one', () => {
  const options = { seed: '1', minGrade: 'C', report: [] };
  const cores = Math.min(4, availableParallelism());
  const quick = { ...options, profile: 'quick' };
  expect(jobsOf(['python'], quick)).toBe(cores);
  expect(jobsOf(['python'], { ...quick, jobs: '1' })).toBe(1);
  expect(jobsOf(['python'], { ...quick, shard: '1/2' })).toBe(1);
  expect(jobsOf(['python'], { ...quick, profile: 'smoke' })).toBe(1);
  expect(jobsOf('fast', quick)).toBe(1);
});

test('Ctrl-C: what all processes had found is one report', { timeout: 60_000 }, async () => {
  const module = join(folder, 'stuck.mjs');
  const isStuck = join(folder, 'is-stuck');
  // The last operator of the check answers nothing, so that nobody comes to an end.
  writeFileSync(
    module,
    `import { writeFileSync } from 'node:fs';
    const hello = { protocol: 1, impl: { name: 'stuck', version: '1', language: 'JavaScript' }, dtypes: ['f32'],
      dialect: 'spec', policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
      ops: { relu: { grad: [] }, tanh: { grad: [] } } };
    export default { hello: () => hello, run: async ({ op, in: { input } }) => {
      if (op === 'tanh') {
        writeFileSync(${JSON.stringify(isStuck)} + process.pid, '');
        await new Promise((done) => setTimeout(done, 100));
      }
      return { out: { ...input, data: input.data.map((x) => x > 0 ? 2 * x : 0) } };
    } };`,
  );
  const path = join(folder, 'cut.jsonl');
  const args = ['check', module, '--profile', 'smoke', '--jobs', '2', '--report', `jsonl=${path}`];
  const ours = spawn(process.execPath, [cli, ...args], { stdio: 'ignore' });
  const ended = once(ours, 'exit');
  const stuck = () => readdirSync(folder).filter((name) => name.startsWith('is-stuck')).length;
  while (stuck() < 2) await after(20);
  ours.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  const run = readRun(path, readFileSync(path, 'utf8'));
  expect(run.isInterrupted).toBe(true);
  expect(run.plan.shard).toBeUndefined();
  expect(run.verdict.unlisted).toContain('relu/value/size');
  const laws = run.results.filter(({ op }) => op === 'relu').map(({ law }) => law);
  expect(laws).toEqual(everyLaw.filter((law) => law.appliesTo(relu)).map(({ name }) => name));
});
