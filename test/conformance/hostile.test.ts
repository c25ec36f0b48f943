/**
 * # Programs that fail
 *
 * Each does one thing wrong at one question, or in every answer: it is called what it is, and every
 * other question is judged as if nothing had happened.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProgramOptions, program } from '../../conformance/adapters/process.ts';
import { operators } from '../../conformance/operators.ts';
import type { Plan } from '../../conformance/plan.ts';
import { check } from '../../conformance/run.ts';
import { verdictOf } from '../../conformance/verdict.ts';
import type { LawResult } from '../../properties/law.ts';
import { requestOf } from '../../properties/subject.ts';
import { checked } from './judge.ts';

const hostile = new URL('./hostile/program.mjs', import.meta.url).pathname;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(folder, { recursive: true }));

const plan: Plan = { seed: 7, minGrade: 'C', runs: 4, ops: [operators.get('sigmoid')!] };

/** Judges `program.mjs` in this mode. */
async function judged(
  mode: string,
  args: readonly string[],
  options: ProgramOptions = {},
  ops = plan.ops,
) {
  const candidate = program([process.execPath, hostile, mode, ...args], options);
  const results: LawResult[] = [];
  try {
    for await (const result of check(candidate, { ...plan, ops })) results.push(result);
  } finally {
    await candidate.close!();
  }
  const findings = results.flatMap(({ findings }) => findings);
  return { results, findings, code: verdictOf(results, []).exitCode };
}

const names = (findings: readonly { readonly name: string }[]): readonly string[] =>
  [...new Set(findings.map(({ name }) => name))].sort();

const fine = judged('fine', []);

/** Modes, what they are called, and what is said of them. */
const once: readonly (readonly [string, string, string, ProgramOptions])[] = [
  ['hang', 'timeout', 'did not answer within 2 s', { timeout: 2 }],
  ['exit', 'crash', 'ended with exit code 7', {}],
  ['segv', 'crash', 'was ended by SIGSEGV', {}],
  ['garbage', 'protocol', "wrote 'Segmentation fault (core dumped)'", {}],
  ['half', 'protocol', 'which is not an object of JSON', {}],
  ['cut', 'protocol', 'wrote half a line', { timeout: 2 }],
  ['schema', 'protocol', "out.dtype is 'f31'", {}],
  ['id', 'protocol', "answered 'c99999999', which is the id of no question", {}],
  ['no-id', 'protocol', 'which answers no question', {}],
  ['twice', 'protocol', 'twice', {}],
  ['endless', 'protocol', 'a line is longer than 1048576 bytes', { longest: 2 ** 20 }],
  ['shape', 'malformed', 'out has shape [0]', {}],
  ['oom', 'oom', 'out of memory', {}],
];

describe('one answer that is not one', () => {
  test('without any, everything is judged and passes', async () => {
    const { findings, results, code } = await fine;
    expect([findings, code]).toEqual([[], 0]);
    expect(results.reduce((n, r) => n + r.questions, 0)).toBeGreaterThan(40);
  });
  test.each(once)('%s is %s', { timeout: 60_000 }, async (mode, name, says, options) => {
    const { results, findings, code } = await judged(mode, ['3', join(folder, mode)], options);
    expect([names(findings), code]).toEqual([[name], 1]);
    expect(findings[0]!.says).toContain(says);
    const sound = (await fine).results;
    expect(results.map((r) => r.questions)).toEqual(sound.map((r) => r.questions));
    const passed = results.filter((r) => r.findings.length === 0);
    expect(passed.length).toBeGreaterThan(results.length / 2);
    // A tensor without elements is counted as such, where answers are compared with one another.
    const counted = passed.filter(({ law }) => !(mode === 'shape' && law === 'range'));
    for (const { law, compared } of counted)
      expect([law, compared]).toEqual([law, sound.find((r) => r.law === law)!.compared]);
  });
  test('the finding is the question that is to blame, and has what was said beside', async () => {
    const file = join(folder, 'blame');
    const { findings } = await judged('exit', ['3', file]);
    const { question, stderr } = findings[0]!;
    expect(stderr).toBe('it is exit\n');
    const candidate = program([process.execPath, hostile, 'exit', '3', file]);
    const ask = () => candidate.run(requestOf(plan.ops[0]!, question));
    expect((await ask()).error?.kind).toBe('crash');
    await candidate.close!();
  });
  test('what is answered when asked again is flaky', async () => {
    const { findings, code } = await judged('exit', ['30']);
    expect([names(findings), code]).toEqual([['flaky'], 1]);
    expect(findings[0]!.says).toContain('ended with exit code 7 (crash), and answered');
  });
});

describe('every answer', () => {
  test('NaN is judged as NaN', async () => {
    const { findings, code } = await judged('nan', []);
    expect(names(findings)).toContain('nan');
    expect(code).toBe(1);
  });
  test('right alone and wrong in batches depends on the batch', async () => {
    const { findings, code } = await judged('batch', []);
    expect(names(findings)).toContain('depends');
    expect(code).toBe(1);
  });
  test('a crash each time ends the operator, and not the others', { timeout: 60_000 }, async () => {
    const ops = ['sigmoid', 'relu'].map((id) => operators.get(id)!);
    const { results } = await judged('always', [], { budget: 3 }, ops);
    const of = (id: string) => results.filter(({ op }) => op === id);
    expect(names(of('sigmoid').flatMap((r) => r.findings))).toEqual(['aborted', 'crash']);
    expect(of('sigmoid').every((r) => r.status === 'fail')).toBe(true);
    const sound = of('relu').filter((r) => r.status === 'pass');
    expect(sound.length).toBeGreaterThan(5);
  });
  test('talk on standard output is given up too', { timeout: 60_000 }, async () => {
    const { findings, code } = await judged('loud', [], { budget: 3 });
    expect(names(findings)).toEqual(expect.arrayContaining(['aborted', 'protocol']));
    expect(code).toBe(1);
  });
  test('another hello after a restart is not the same program', async () => {
    const { findings } = await judged('changing', ['3']);
    expect(names(findings)).toEqual(['aborted', 'crash']);
    const { says } = findings.find((f) => f.name === 'aborted')!;
    expect(says).toContain('something else of itself');
  });
});

describe('no conversation', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['hello-hang', 'did not answer within 1 s'],
    ['hello-exit', 'ended with exit code 9'],
    ['hello-garbage', "wrote 'Loading the model …'"],
    ['hello-nonce', "nonce is 'another'"],
  ];
  test.each(cases)('3: %s', async (mode, says) => {
    const startTimeout = mode === 'hello-hang' ? 1 : 30;
    const { code, err } = await checked(
      program([process.execPath, hostile, mode], { startTimeout }),
      { op: 'sigmoid' },
    );
    expect(code).toBe(3);
    expect(err).toContain(says);
    if (mode !== 'hello-hang') expect(err).toContain(`it is ${mode}`);
  });
  test('who ignores the end of its input is ended', { timeout: 30_000 }, async () => {
    const { code } = await checked(program([process.execPath, hostile, 'stays']), { op: 'relu' });
    expect(code).toBe(0);
  });
});
