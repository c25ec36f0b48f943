/** # The main job: exit codes, reports, and that nothing passes unasked */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import type { Candidate, Hello } from '../../properties/candidate.ts';
import { float32, fromBits, toBits } from '../../spec/format.ts';
import { planted } from '../planted.ts';
import { checked } from './judge.ts';
import { touchstone } from './terminal.ts';

const sound = fast('1');
const bug = (what: string, op: string): Candidate =>
  planted.find((p) => p.what === what && p.op === op)!.candidate;
const signed = bug('a sign in the gradient', 'sigmoid');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('exit codes', () => {
  test('0: conforms', async () => {
    const { code, out, err } = await checked(sound, { op: 'relu' });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/PASS {2}relu +S +0\.00 ulp/);
    expect(out).toMatch(/fast: conforms\n$/);
    expect(out).toContain('seed 7');
  });
  test('1: does not', async () => {
    const { code, out } = await checked(signed, { op: 'sigmoid' });
    expect(code).toBe(1);
    expect(out).toContain('FAIL sigmoid/gradient/grad:input size');
    expect(out).toMatch(/does not conform/);
    expect(out).toContain('like     the negative of it: a sign is wrong');
  });
  test('1: the grade that is asked for is missed; 0: it is met', async () => {
    // Promised by nobody: large results are off by so many ulp.
    const off = (ulps: bigint): Candidate => ({
      hello: async () => ({ ...((await sound.hello()) as Hello), ops: { relu: { grad: [] } } }),
      async run(request) {
        const reply = await sound.run(request);
        if (!reply.out) return reply;
        const moved = (y: number) =>
          y > 100 && y < 1e38 ? fromBits(toBits(y, float32) + ulps, float32) : y;
        const data = Float32Array.from(reply.out.data as Float32Array, moved);
        return { ...reply, out: { ...reply.out, data } };
      },
    });
    const coded = async (ulps: bigint, minGrade: string) =>
      (await checked(off(ulps), { op: 'relu', minGrade })).code;
    expect([await coded(1n, 'B'), await coded(1n, 'A')]).toEqual([0, 1]);
    expect([await coded(4n, 'C'), await coded(4n, 'B')]).toEqual([0, 1]);
    expect([await coded(8n, 'E'), await coded(8n, 'D'), await coded(8n, 'C')]).toEqual([0, 1, 1]);
    expect(await coded(400n, 'E')).toBe(1);
  });
  test('2: nothing was executed', async () => {
    const nothing: Candidate = {
      hello: async () => ({ ...((await sound.hello()) as Hello), ops: {} }),
      run: sound.run,
    };
    const idle: Candidate = {
      hello: sound.hello,
      run: () => ({ skip: { reason: 'not today' } }),
    };
    for (const candidate of [nothing, idle]) {
      const { code, out } = await checked(candidate, { op: 'relu' });
      expect(code).toBe(2);
      expect(out).toContain('nothing was executed');
      expect(out).not.toContain('PASS');
    }
  });
  test.each([
    [{ op: 'sigmiod' }, '--op sigmiod', 'sigmoid'],
    [{ op: '' }, '--op ', 'sigmoid'],
    [{ profile: 'huge' }, '--profile huge', 'smoke, quick, full'],
    [{ profile: 'constructor' }, '--profile constructor', 'smoke, quick, full'],
    [{ minGrade: 'G' }, '--min-grade G', 'S, A, B, C, D, E, F'],
    [{ minGrade: 'c' }, '--min-grade c', 'S, A, B, C, D, E, F'],
    [{ seed: 'x' }, '--seed x', 'an integer of 32 bits'],
    [{ seed: '1.5' }, '--seed 1.5', 'an integer of 32 bits'],
    [{ seed: '' }, '--seed ', 'an integer of 32 bits'],
    [{ seed: '3000000000' }, '--seed 3000000000', 'an integer of 32 bits'],
    [{ report: ['xml=a'] }, '--report xml=a', 'jsonl, baseline'],
    [{ report: ['jsonl'] }, '--report jsonl', 'KIND=FILE'],
    [{ report: ['jsonl='] }, '--report jsonl=', 'KIND=FILE'],
    [{ baseline: '/nowhere.json' }, '--baseline /nowhere.json', 'no such file'],
  ])('2: %o, before the candidate is loaded', async (options, says, due) => {
    const load = () => Promise.reject(new Error('it was loaded'));
    const { code, out, err } = await checked(load, options);
    expect(err).toContain(says);
    expect(err).toContain(due);
    expect([code, out]).toEqual([2, '']);
  });
  test('3: the candidate says nothing of itself', async () => {
    const hello = () => Promise.reject(new Error('no card'));
    const { code, err } = await checked({ hello, run: sound.run }, {});
    expect([code, err]).toEqual([3, 'stub could not be run: no card']);
  });
  test('a pattern names several operators', async () => {
    const { out } = await checked(sound, { op: 'log-s*x' });
    expect(out).toContain('log-softmax');
    expect(out).not.toContain('log-sum-exp');
    const { out: both } = await checked(sound, { op: 'log-s?????*' });
    expect(both).toContain('log-sum-exp');
  });
});

describe('a module', () => {
  const module = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const relu = (run: string): string => `
    export default {
      hello: () => ({
        protocol: 1, impl: { name: 'mine', version: '1', language: 'JavaScript' }, dtypes: ['f32'],
        dialect: 'spec', policy: { ftz: 'none', signed_zero: 'ignore', deterministic: true },
        ops: { relu: { grad: [] } },
      }),
      run: ({ params, in: { input } }) => ${run},
    };`;
  const right = `input.dtype !== 'f32' || Object.keys(params).length > 0
    ? { error: { kind: 'invalid_input', message: 'relu: ' + input.dtype } }
    : { out: { ...input, data: input.data.map((x) => x > 0 || x !== x ? x : 0) } }`;
  const ask = (path: string, ...options: string[]) =>
    touchstone(['check', path, '--op', 'relu', '--profile', 'smoke', ...options]);

  test('that is right, wrong, malformed, throws', async () => {
    const code = async (name: string, run: string) =>
      (await ask(await module(name, relu(run)))).code;
    expect(await code('right.mjs', right)).toBe(0);
    expect(await code('wrong.mjs', right.replace('? x : 0', '? x : 1'))).toBe(1);
    expect(await code('throws.mjs', `{ throw new Error('oops'); }`)).toBe(1);
    expect([1, 3]).toContain(await code('short.mjs', '({ out: { ...input, data: [] } })'));
    expect([1, 3]).toContain(await code('none.mjs', 'undefined'));
  });
  test.each([
    ['missing', undefined, 'there is no such file'],
    ['empty', '', 'no default export'],
    ['broken', 'export default {', 'cannot be loaded'],
    ['half', 'export default { hello() {} }', 'has no function run'],
    ['silent', 'export default { hello() {}, run() {} }', 'hello'],
  ])('3: %s', async (name, text, says) => {
    const path = join(folder, `${name}.mjs`);
    if (text !== undefined) await module(`${name}.mjs`, text);
    const { code, out, err } = await ask(path);
    expect(err).toContain(says);
    expect([code, out]).toEqual([3, '']);
  });
  test('2: a name that is none', async () => {
    const { code, err } = await touchstone(['check', 'fasst']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean fast?');
  });
});

describe('reports', () => {
  const failing = { op: 'sigmoid' };
  const nan = bug('σ(∞) is NaN', 'sigmoid');

  test('--json is one line of JSON, with NaN, ∞ and −0 as words', async () => {
    const { code, out } = await checked(nan, { ...failing, json: true, profile: 'quick' });
    expect(code).toBe(1);
    expect(out.trimEnd()).not.toContain('\n');
    expect(out).not.toMatch(/[:,[](NaN|-?Infinity|-0)[,\]}]/);
    const told = JSON.parse(out);
    expect(told.verdict.exitCode).toBe(1);
    const findings = told.results.flatMap((r: { findings: object[] }) => r.findings);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'sigmoid/edges/nan', got: 'NaN', due: 1, ulps: 'Infinity' }),
    );
  });
  test('jsonl: a header, a result for every law, a footer', async () => {
    const path = join(folder, 'run.jsonl');
    const { code } = await checked(nan, {
      ...failing,
      profile: 'quick',
      report: [`jsonl=${path}`],
    });
    const text = await readFile(path, 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: 'header', plan: { seed: 7, ops: ['sigmoid'] } });
    expect(lines.at(-1)).toMatchObject({ type: 'footer', verdict: { exitCode: code } });
    const results = lines.slice(1, -1);
    expect(results.every((r) => r.type === 'result' && r.op === 'sigmoid')).toBe(true);
    expect(results.map((r) => r.law)).toEqual(expect.arrayContaining(['value', 'edges', 'errors']));
  });
  test('the same seed, the same bytes; another seed, other questions', async () => {
    const bytes = async (seed: string, name: string) => {
      const paths = ['jsonl', 'baseline'].map((kind) => join(folder, `${name}.${kind}`));
      const report = [`jsonl=${paths[0]}`, `baseline=${paths[1]}`];
      const { out } = await checked(signed, { ...failing, seed, report });
      const files = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
      return [out, ...files];
    };
    const first = await bytes('11', 'a');
    expect(await bytes('11', 'b')).toEqual(first);
    expect((await bytes('12', 'c'))[1]).not.toBe(first[1]);
  });
  test('a file is whole or not there', async () => {
    const target = join(folder, 'a folder');
    const before = (await readdir(folder)).sort();
    const nowhere = join(target, 'run.jsonl');
    const { code, err } = await checked(sound, { op: 'relu', report: [`jsonl=${nowhere}`] });
    expect(code).toBe(2);
    expect(err).toContain(nowhere);
    expect((await readdir(folder)).sort()).toEqual(before);
    const { code: taken } = await checked(sound, { op: 'relu', report: [`jsonl=${folder}`] });
    expect(taken).toBe(2);
    expect((await readdir(tmpdir())).filter((f) => f.endsWith('.partial'))).toEqual([]);
  });
  test('reports may be several', async () => {
    const [a, b] = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')];
    await checked(sound, { op: 'relu', report: [`jsonl=${a}`, `jsonl=${b}`] });
    expect(await readFile(a, 'utf8')).toBe(await readFile(b, 'utf8'));
  });
});
