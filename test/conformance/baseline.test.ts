/** # Known failures: judged by their witness, and by nothing else */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { type Baseline, type Entry, entryFor, standing } from '../../conformance/baseline.ts';
import { operators } from '../../conformance/operators.ts';
import { everyLaw, subjectOf } from '../../conformance/run.ts';
import type { Candidate, Hello, Payload } from '../../properties/candidate.ts';
import { test as inspect } from '../../properties/law.ts';
import type { Grade } from '../../spec/grade.ts';
import { planted } from '../planted.ts';
import { seed } from '../seed.ts';
import { checked } from './judge.ts';

const sound = fast('planted');
const op = 'relu';
const check = 'relu/value/size';

/** Large results are 8 ulp off, and slopes there have the wrong sign. */
const wrong: Candidate = {
  hello: sound.hello,
  async run(request) {
    const reply = await sound.run(request);
    const input = Array.from(request.in.input?.data ?? [], Number);
    const where = ({ dtype, shape, data }: Payload, f: (y: number) => number): Payload => ({
      ...{ dtype, shape },
      data: Float32Array.from(data as Float32Array, (y, i) => (input[i]! > 100 ? f(y) : y)),
    });
    const { out, 'grad:input': slope } = reply;
    return {
      ...reply,
      ...(out ? { out: where(out, (y) => y * (1 + 2 ** -20)) } : {}),
      ...(slope ? { 'grad:input': where(slope, (y) => -y) } : {}),
    };
  },
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const file = async (content: unknown): Promise<string> => {
  const path = join(folder, `${files++}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const options = { op, seed: '3' };
/** What a run on the wrong candidate lists. */
async function listed(): Promise<Baseline> {
  const path = join(folder, 'listed.json');
  await checked(wrong, { ...options, report: [`baseline=${path}`] });
  return JSON.parse(await readFile(path, 'utf8')) as Baseline;
}
const judgedBy = async (candidate: Candidate, baseline: unknown, more: object = {}) =>
  checked(candidate, { ...options, ...more, baseline: await file(baseline) });
const changing = (baseline: Baseline, change: (entry: Entry) => Entry): Baseline => ({
  ...baseline,
  entries: baseline.entries.map(change),
});
const claiming = (candidate: Candidate, change: (hello: Hello) => Hello): Candidate => ({
  hello: async () => change(await candidate.hello()),
  run: candidate.run,
});

describe('a baseline', () => {
  test('that a run lists makes the same run exit 0', async () => {
    const baseline = await listed();
    expect(baseline.entries.map((e) => e.check)).toContain(check);
    expect((await checked(wrong, options)).code).toBe(1);
    const { code, out } = await judgedBy(wrong, baseline);
    expect(code).toBe(0);
    expect(out).toContain('fails exactly as listed');
    expect(out).toContain(`fails as listed  ${check}`);
  });
  test('does not depend on the seed', async () => {
    const baseline = await listed();
    for (const s of ['4', '5']) {
      const { code, out } = await judgedBy(wrong, baseline, { seed: s });
      expect(out).not.toContain('stale');
      expect(code === 0 || out.includes('not listed')).toBe(true);
    }
  });
  test('stale: what is listed passes now, and nothing else is wrong', async () => {
    const { code, out } = await judgedBy(sound, await listed());
    expect(code).toBe(4);
    expect(out).toContain(`stale`);
    expect(out).toContain(check);
  });
  test('passes elsewhere: seen with another version, or on another processor', async () => {
    const baseline = await listed();
    const other = claiming(sound, (h) => ({ ...h, impl: { ...h.impl, version: '2' } }));
    expect((await judgedBy(other, baseline)).out).toContain(`passes elsewhere  ${check}`);
    expect((await judgedBy(other, baseline)).code).toBe(0);
    const on = (cpu: string) => claiming(sound, (h) => ({ ...h, env: { cpu } }));
    const seenOn = (cpu: string) => changing(baseline, (e) => ({ ...e, seen: { ...e.seen, cpu } }));
    expect((await judgedBy(on('avx2'), seenOn('avx512'))).code).toBe(0);
    expect((await judgedBy(on('avx2'), seenOn('avx2'))).code).toBe(4);
    expect((await judgedBy(on('avx2'), seenOn('unknown'))).code).toBe(4);
  });
  test('what fails and is not listed is not excused', async () => {
    const baseline = await listed();
    const rest = { ...baseline, entries: baseline.entries.filter((e) => e.check !== check) };
    const { code, out } = await judgedBy(wrong, rest);
    expect(code).toBe(1);
    expect(out).toContain(`FAIL ${check}`);
    expect((await judgedBy(wrong, { ...baseline, entries: [] })).code).toBe(1);
  });
  test('unlisted outweighs stale', async () => {
    const baseline = await listed();
    const stale = changing(baseline, (e) => ({
      ...e,
      check: 'relu/value/nan',
    })).entries.slice(0, 1);
    expect((await judgedBy(wrong, { ...baseline, entries: stale })).code).toBe(1);
  });
  test('a witness that fails by another name does not fail as listed', async () => {
    const { entries } = await listed();
    const other = { ...entries.find((e) => e.check === check)!, check: 'relu/value/nan' };
    const plan = { seed, minGrade: 'C' } as const;
    expect(await standing(other, wrong, await wrong.hello(), plan)).toBe('stale');
  });
  test('a failure may not become worse than it was', async () => {
    const graded = (grade: Grade) => async () => {
      const baseline = await listed();
      const { code, out } = await judgedBy(
        wrong,
        changing(baseline, (e) => (e.check === check ? { ...e, grade } : e)),
      );
      return { code, out };
    };
    const found = (await listed()).entries.find((e) => e.check === check)!.grade!;
    expect(found).toBe('E');
    expect((await graded('F')()).code).toBe(0);
    expect((await graded(found)()).code).toBe(0);
    const { code, out } = await graded('C')();
    expect(code).toBe(1);
    expect(out).toContain(`worse than listed  ${check}`);
    expect(out).toContain(`FAIL ${check}`);
  });
  test('entries about operators that are not asked for wait', async () => {
    const { code } = await judgedBy(sound, await listed(), { op: 'tanh' });
    expect(code).toBe(0);
  });
  test('an operator that is no longer offered is stale', async () => {
    const { code } = await judgedBy(
      claiming(sound, (h) => ({ ...h, ops: { tanh: h.ops.tanh! } })),
      await listed(),
      { op: '*' },
    );
    expect(code).toBe(4);
  });
});

describe('a file that is no baseline is an error of usage', () => {
  const entry = (change: object) => async () => {
    const { entries, ...rest } = await listed();
    return { ...rest, entries: [{ ...entries[0], ...change }] };
  };
  test.each<readonly [string, () => Promise<unknown>, string]>([
    ['no JSON', async () => '{', 'JSON'],
    ['another version', async () => ({ ...(await listed()), version: 2 }), 'version'],
    ['no entries', async () => ({ version: 1, candidate: 'fast' }), 'entries'],
    ['a field too many', async () => ({ ...(await listed()), more: 1 }), 'more'],
    ['a reason that is none', entry({ reason: '' }), 'reason'],
    ['a grade that is none', entry({ grade: 'G' }), 'grade'],
    ['no witness', entry({ witness: undefined }), 'witness'],
    ['nowhere seen', entry({ seen: undefined }), 'seen'],
    ['an unknown operator', entry({ check: 'reul/value/zero' }), 'reul/value/zero'],
    ['an unknown law', entry({ check: 'relu/valeu/zero' }), 'relu/valeu/zero'],
    ['a check without a fault', entry({ check: 'relu/value' }), 'relu/value'],
    ['a pattern', entry({ check: 'relu/*' }), 'relu/*'],
    ['a witness that is no message', entry({ witness: {} }), 'op is missing'],
    ['a witness of another operator', entry({ witness: { op: 'tanh', in: {} } }), 'tanh'],
    ['another candidate', async () => ({ ...(await listed()), candidate: 'slow' }), 'slow'],
  ])('%s', async (_, content, says) => {
    const { code, err } = await judgedBy(wrong, await content(), {}).catch((problem) => ({
      code: String(problem),
      err: '',
    }));
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

/** For each law: some ask twice, or for another case than the one that they store. */
const oneOfEach = [...new Map(planted.map((bug) => [bug.law, bug])).values()];
test.each(oneOfEach.map((bug) => [bug.op, bug.law, bug.fault, bug] as const))(
  'the witness of %s/%s/%s still fails',
  async (id, name, fault, { candidate, runs = 100 }) => {
    const hello = await candidate.hello();
    const plan = { seed, minGrade: 'C' } as const;
    const law = everyLaw.find((l) => l.name === name)!;
    const { findings } = await inspect(
      law,
      subjectOf(candidate, hello, operators.get(id)!, plan)!,
      runs,
    );
    for (const finding of findings) {
      const entry = JSON.parse(JSON.stringify(entryFor(id, name, finding, hello))) as Entry;
      expect(entry.check.startsWith(`${id}/${name}/`)).toBe(true);
      expect(await standing(entry, candidate, hello, plan)).toBe('fails as listed');
      expect(await standing(entry, sound, hello, plan)).toBe('stale');
    }
    expect(findings.map((f) => f.name)).toContain(fault);
  },
);
