/** # The JSON Lines report: written as it goes, and read again */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { jsonl } from '../../conformance/report/jsonl.ts';
import { readRun } from '../../conformance/report/read.ts';
import type { Candidate } from '../../properties/candidate.ts';
import { folderFor, small, wrong } from './gate.ts';
import { checked } from './judge.ts';
import { touchstone } from './terminal.ts';

const file = folderFor();
const cli = new URL('../../dist/conformance/cli.js', import.meta.url).pathname;

let text = '';
beforeAll(async () => {
  // NaN where ∞ is due: an infinite error.
  const nan: Candidate = {
    hello: small.hello,
    async run(request) {
      const { out, ...reply } = await small.run(request);
      if (!out) return reply;
      const data = Float32Array.from(out.data as Float32Array, (y) => (y === Infinity ? NaN : y));
      return { ...reply, out: { ...out, data } };
    },
  };
  const report = [`jsonl=${file('run.jsonl')}`];
  await checked(nan, { op: 'relu', profile: 'quick', report });
  text = await readFile(file('run.jsonl'), 'utf8');
}, 60_000);

describe('read again', () => {
  test('it is the same to the bit, what JSON cannot write included', () => {
    const run = readRun('run', text);
    expect(jsonl(run)).toBe(text);
    const found = run.results.flatMap((r) => r.findings).find((f) => f.name === 'nan')!;
    expect(found).toMatchObject({ got: NaN, due: Infinity, ulps: Infinity });
    expect(found.question.tensors.input!.data[0]).toBe(Infinity);
    const zero = readRun('run', text.replace('"got":"NaN"', '"got":"-0"'));
    const got = zero.results.flatMap((r) => r.findings).find((f) => f.name === 'nan')!.got;
    expect(Object.is(got, -0)).toBe(true);
  });
  test('what a later field says is kept', () => {
    const more = text.replace('"type":"result",', '"type":"result","more":1,');
    expect(jsonl(readRun('run', more))).toBe(more);
  });
  test.each<readonly [string, string | RegExp, string, string]>([
    ['a status that is none', '"status":"fail"', '"status":"fine"', 'status'],
    ['a grade that is none', '"grade":"F"', '"grade":"G"', 'grade'],
    ['an operator that is none', '"op":"relu","law"', '"op":"reul","law"', 'reul'],
    ['a count that is none', /"compared":\d+/, '"compared":-1', 'compared'],
    ['an error that is none', '"ulps":"Infinity"', '"ulps":"large"', 'ulps'],
    ['a case that is none', '"cmd":"run","op":"relu","params"', '"cmd":"ran","params"', 'cmd'],
    ['a plan without a seed', '"seed":7,', '', 'seed'],
    ['a hello that is none', '"protocol":1,', '', 'protocol'],
    ['a format that is none', '"version":1,"suite"', '"version":9,"suite"', 'version'],
    ['a verdict that is none', /"exitCode":\d/, '"exitCode":"fine"', 'exitCode'],
  ])('%s is refused', (_, from, to, says) => {
    expect(text.replace(from, to)).not.toBe(text);
    expect(() => readRun('run.jsonl', text.replace(from, to))).toThrow(
      new RegExp(`^run\\.jsonl: [\\s\\S]*${says}`),
    );
  });
});

describe('written', () => {
  test('line by line, to a file that gets its name in the end', async () => {
    const seen: string[] = [];
    const path = file('growing.jsonl');
    const watched: Candidate = {
      hello: small.hello,
      run(request) {
        expect(existsSync(path)).toBe(false);
        seen.push(readFileSync(`${path}.partial`, 'utf8'));
        return small.run(request);
      },
    };
    await checked(watched, { op: 'relu', report: [`jsonl=${path}`] });
    const whole = await readFile(path, 'utf8');
    const counts = seen.map((part) => part.split('\n').length - 1);
    expect(counts[0]).toBe(1);
    expect(counts.at(-1)).toBe(whole.split('\n').length - 3);
    for (const part of seen) expect(whole.startsWith(part)).toBe(true);
    expect(existsSync(`${path}.partial`)).toBe(false);
  });
  test('as far as it came where a run breaks off: no report, and it reads as none', async () => {
    const path = file('broken.jsonl');
    const hello = await small.hello();
    let asked = 0;
    const breaking: Candidate = {
      hello: () => (asked++ < 1 ? hello : Promise.reject(new Error('oops'))),
      run: small.run,
    };
    await expect(checked(breaking, { report: [`jsonl=${path}`] })).rejects.toThrow('oops');
    expect(existsSync(path)).toBe(false);
    const { code, err } = await touchstone(['merge', `${path}.partial`]);
    expect([code, err]).toEqual([2, expect.stringContaining('no footer: it was cut off')]);
  });
  test('to standard output, where the report for people makes way', async () => {
    const { out, err, code } = await checked(wrong, { op: 'relu', report: ['jsonl=-'] });
    expect(code).toBe(1);
    expect(jsonl(readRun('-', out))).toBe(out);
    expect(err).toContain('FAIL  relu');
    const junit = await checked(wrong, { op: 'relu', report: ['junit=-'] });
    expect(junit.out).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
  });
  test.each([
    [['junit=-', 'html=-'], 'one report alone'],
    [['junit=-'], '--json goes to standard output'],
    [['html=/nowhere/at/all.html'], '/nowhere/at/all.html'],
  ])('%o is refused before anything is asked', async (report, says) => {
    const load = () => Promise.reject(new Error('it was loaded'));
    const { code, err } = await checked(load, { report, json: says.startsWith('--json') });
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

test('interrupted: what was found is a report that says so', { timeout: 60_000 }, async () => {
  const module = file('slow.mjs');
  await writeFile(
    module,
    `let asked = 0;
    const hello = { protocol: 1, impl: { name: 'slow', version: '1', language: 'JavaScript' }, dtypes: ['f32'],
      dialect: 'spec', policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
      ops: { relu: { grad: [] }, tanh: { grad: [] } } };
    export default { hello: () => hello, run: ({ in: { input } }) => {
      if (asked++ === 30) process.kill(process.pid, 'SIGINT');
      return { out: { ...input, data: input.data.map((x) => x > 0 ? 2 * x : 0) } };
    } };`,
  );
  const path = file('interrupted.jsonl');
  const args = ['check', module, '--profile', 'smoke', '--report', `jsonl=${path}`];
  const words = [cli, ...args, '--report', `junit=${file('i.xml')}`];
  const child = spawn(process.execPath, words, { env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  expect((await once(child, 'close'))[0]).toBe(130);
  expect(out).toContain('slow: interrupted');
  const run = readRun(path, await readFile(path, 'utf8'));
  expect(run.isInterrupted).toBe(true);
  expect(run.verdict.exitCode).toBe(130);
  expect(run.verdict.unlisted).toContain('relu/value/size');
  expect(run.results.every(({ op }) => op === 'relu')).toBe(true);
  expect((await readdir(file('.'))).filter((name) => name.startsWith('interrupted'))).toEqual([
    'interrupted.jsonl',
  ]);
  const again = await touchstone(['merge', path]);
  expect([again.code, again.out]).toEqual([130, out]);
});
