/** # Laws as tests of somebody's own suite: exactly the right one fails, and says why */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import skeleton from '../../conformance/templates/adapter.mts';
import { conformance } from '../../conformance/vitest.ts';
import { checked } from './judge.ts';
import { signed } from './nested/candidates.ts';

const nested = fileURLToPath(new URL('nested', import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const options = { op: 'sigmoid', profile: 'smoke', seed: '7' };

interface Assertion {
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'pending' | 'skipped';
  readonly failureMessages: readonly string[];
}
interface File {
  readonly name: string;
  readonly message: string;
  readonly status: string;
  readonly assertionResults: readonly Assertion[];
}

let folder = '';
let files: readonly File[] = [];
let told = '';
/** What `touchstone check` says of the signed one. */
let report = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
  const baseline = join(folder, 'baseline.json');
  report = (await checked(signed, { ...options, report: [`baseline=${baseline}`] })).out;
  const out = join(folder, 'out.json');
  const reporters = ['--reporter=json', `--outputFile.json=${out}`, '--reporter=default'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', '--root', nested, ...reporters],
    { encoding: 'utf8', env: { ...process.env, FIXTURE_BASELINE: baseline, NO_COLOR: '1' } },
  );
  expect(status).toBe(1);
  told = stdout + stderr;
  files = JSON.parse(await readFile(out, 'utf8')).testResults;
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const fileOf = (name: string): File => files.find((file) => file.name.endsWith(name))!;

/** The laws of one suite by what became of them. */
function suite(name: string, status: Assertion['status']): readonly string[] {
  const found = fileOf('suites.fixture.ts').assertionResults.filter(
    (a) => a.fullName.startsWith(`${name} `) && a.status === status,
  );
  return found.map((a) => a.fullName.replace(/^.* conformance /, ''));
}

describe('a candidate in a suite', () => {
  test('that is sound passes law by law, under names that stay', () => {
    expect(suite('sound', 'failed')).toEqual([]);
    expect(suite('sound', 'passed')).toEqual(
      expect.arrayContaining(['sigmoid value', 'sigmoid gradient', 'sigmoid errors']),
    );
  });

  test('may be named, and patterns name several operators', () => {
    expect(suite('by name', 'failed')).toEqual([]);
    expect(suite('by name', 'passed')).toContain('of fast relu6 value');
  });

  test('with a bug fails the tests of the laws that it breaks, and no others', () => {
    expect(suite('lenient', 'failed')).toEqual(['sigmoid errors']);
    const broken = [...report.matchAll(/^FAIL sigmoid\/([^/]+)\//gm)].map(([, law]) => law);
    expect(broken).toContain('gradient');
    expect(suite('signed', 'failed').toSorted()).toEqual(
      broken.map((law) => `sigmoid ${law}`).sort(),
    );
    expect(suite('signed', 'passed')).toContain('sigmoid value');
  });

  test('fails with what a report would say, at the line that asked', () => {
    const [finding] = /^FAIL sigmoid\/gradient[\s\S]*?replay .*$/m.exec(report)!;
    for (const word of ['clause', 'input', 'got', 'exact', 'error', 'like', 'replay'])
      expect(finding).toMatch(new RegExp(`^ {7}${word} `, 'm'));
    const { assertionResults } = fileOf('suites.fixture.ts');
    const failed = assertionResults.find(
      (a) => a.fullName === 'signed conformance sigmoid gradient',
    );
    expect(failed!.failureMessages[0]).toContain(finding);
    expect(failed!.failureMessages[0]).toContain('suites.fixture.ts:');
    expect(failed!.failureMessages[0]).not.toContain('conformance/vitest');
    expect(told).toMatch(/❯ suites\.fixture\.ts:\d+:\d+/);
  });

  test('passes where it fails as its baseline has it, and a stale entry fails', () => {
    expect(suite('listed', 'failed')).toEqual([]);
    expect(suite('listed', 'passed')).toContain('sigmoid gradient');
    expect(suite('stale', 'failed')).toEqual(suite('signed', 'failed'));
    expect(told).toContain('stale baseline, these pass now: sigmoid/gradient/');
  });

  test('that answers nothing has every law skipped, and fails', () => {
    expect([suite('idle', 'passed'), suite('idle', 'failed')]).toEqual([[], []]);
    expect(suite('idle', 'skipped').length + suite('idle', 'pending').length).toBeGreaterThan(5);
    expect(told).toContain('sigmoid: nothing was executed: not today');
  });

  test('is closed in the end', () => {
    expect(told.match(/(idle|empty) is closed/g)).toHaveLength(2);
  });

  test('that offers nothing of what is asked for fails', () => {
    expect(fileOf('nothing.fixture.ts').status).toBe('failed');
    expect(told).toContain('my-adapter offers no operator that was asked for');
  });
});

test.each([
  [{ op: 'sigmiod' }, '--op sigmiod'],
  [{ profile: 'huge' }, '--profile huge'],
  [{ minGrade: 'G' }, '--min-grade G'],
  [{ seed: 0.5 }, '--seed 0.5'],
])('%o is a mistake, told at once', (mistaken, says) => {
  expect(() => conformance(skeleton, mistaken)).toThrow(says);
});
