/** # Shards: together exactly the whole, and nothing less is merged */
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { type Plan, planOf, shareOf } from '../../conformance/plan.ts';
import { KINDS } from '../../conformance/report/kinds.ts';
import { workOf } from '../../conformance/run.ts';
import type { Hello } from '../../properties/candidate.ts';
import { claiming, folderFor, small, wrong } from './gate.ts';
import { checked } from './judge.ts';
import { touchstone } from './terminal.ts';

const file = folderFor();
const whole = planOf({ profile: 'smoke', seed: '1', minGrade: 'C' });
const sharded = (shard: string): Plan =>
  planOf({ profile: 'smoke', seed: '1', minGrade: 'C', shard });

describe('work', () => {
  test.each([1, 2, 3, 7, 64])('is dealt out to %i shards, each pair once', async (of) => {
    const work = workOf(whole, await fast('1').hello());
    const named = ({ op, law }: (typeof work)[number]) => `${op.id}/${law.name}`;
    const shares = Array.from({ length: of }, (_, i) =>
      shareOf(work, sharded(`${i + 1}/${of}`).shard).map(named),
    );
    const all = shares.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.sort()).toEqual(work.map(named).sort());
    const sizes = shares.map((share) => share.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
  test('of one operator and of one law goes to several', async () => {
    const mine = shareOf(workOf(whole, await fast('1').hello()), sharded('1/2').shard);
    const values = mine.filter(({ law }) => law.name === 'value').length;
    expect(values).toBeGreaterThan(20);
    expect(values).toBeLessThan(65);
  });
  test.each(['0/2', '3/2', '1/0', '1', '1/2/3', 'a/b', '-1/2', '1.5/2', ''])(
    '%o is no shard',
    async (shard) => {
      const { code, err } = await checked(small, { shard });
      expect([code, err]).toEqual([2, expect.stringContaining(`--shard ${shard} should be i/n`)]);
    },
  );
  test('a shard without any is refused, not passed', async () => {
    const { code, err } = await checked(small, { op: 'relu', shard: '99/99' });
    expect([code, err]).toEqual([2, expect.stringContaining('--shard 99/99 is empty')]);
  });
});

// Merging ----------------------------------------------------------------------------------------

const N = 3;
const path = (i: number) => file(`${i}.jsonl`);
let paths: readonly string[] = [];
const baseline = () => file('baseline.json');
let text: readonly string[] = [];
let unsharded = '';

beforeAll(async () => {
  paths = Array.from({ length: N }, (_, i) => path(i + 1));
  await checked(wrong, { report: [`baseline=${baseline()}`] });
  const listed = JSON.parse(await readFile(baseline(), 'utf8'));
  listed.entries.pop();
  await writeFile(baseline(), JSON.stringify(listed));
  const run = async (report: string, shard?: string) => {
    const options = { baseline: baseline(), report: [`jsonl=${report}`] };
    const { code } = await checked(wrong, shard ? { ...options, shard } : options);
    expect([0, 1]).toContain(code);
  };
  await run(file('whole.jsonl'));
  for (const [i, shard] of paths.entries()) await run(shard, `${i + 1}/${N}`);
  text = await Promise.all(paths.map((shard) => readFile(shard, 'utf8')));
  unsharded = await readFile(file('whole.jsonl'), 'utf8');
}, 60_000);

/** Merges the shards after one of them was changed. */
async function mergedWith(place: number, change: (text: string) => string, ...more: string[]) {
  await writeFile(file('changed.jsonl'), change(text[place]!));
  const files = paths.map((shard, i) => (i === place ? file('changed.jsonl') : shard));
  return touchstone(['merge', ...files, ...more]);
}

describe('merged', () => {
  test('they are the run without shards, in every byte of every report', async () => {
    const kinds = Object.keys(KINDS);
    const reports = (from: string) =>
      kinds.flatMap((kind) => ['--report', `${kind}=${file(from + kind)}`]);
    const one = await touchstone(['merge', file('whole.jsonl'), ...reports('one-')]);
    const all = await touchstone(['merge', ...[...paths].reverse(), ...reports('all-')]);
    expect(all).toEqual(one);
    expect(one.code).toBe(1);
    expect(one.out).toContain('does not conform: 1 check fails that is not listed');
    for (const kind of kinds)
      expect(await readFile(file(`all-${kind}`), 'utf8')).toBe(
        await readFile(file(`one-${kind}`), 'utf8'),
      );
    expect(await readFile(file('all-jsonl'), 'utf8')).toBe(unsharded);
  });
  test('they say what the terminal said', async () => {
    const { out } = await checked(wrong, { baseline: baseline() });
    expect((await touchstone(['merge', ...paths])).out).toBe(out);
  });
  test('every shard says which it is, and only the witnesses of its laws are asked', async () => {
    const heads = text.map((t) => JSON.parse(t.split('\n')[0]!));
    expect(heads.map(({ shard }) => shard)).toEqual([1, 2, 3].map((index) => ({ index, of: N })));
    const asked = text.map((t) => JSON.parse(t.trimEnd().split('\n').at(-1)!).standings.length);
    const { entries } = JSON.parse(await readFile(baseline(), 'utf8'));
    expect(entries.length).toBeGreaterThan(1);
    expect(asked.reduce((a, b) => a + b)).toBe(entries.length);
  });
  test('machines may differ, and it is said', async () => {
    const { code, out } = await mergedWith(1, (t) => t.replace('"device":"cpu"', '"device":"gpu"'));
    expect(code).toBe(1);
    expect(out).toContain('device cpu | gpu');
  });
  test('the baseline is the one that the shards had', async () => {
    const with_ = (path: string) => touchstone(['merge', ...paths, '--baseline', path]);
    expect((await with_(baseline())).code).toBe(1);
    await writeFile(file('other.json'), `${await readFile(baseline(), 'utf8')}\n`);
    const { code, err } = await with_(file('other.json'));
    expect([code, err]).toEqual([2, expect.stringContaining('the run had another one')]);
  });
});

const header = (change: (head: { [field: string]: unknown }) => object) => (t: string) => {
  const [head, ...rest] = t.split('\n');
  return [JSON.stringify(change(JSON.parse(head!))), ...rest].join('\n');
};
const plan = (change: object) =>
  header((head) => ({ ...head, plan: { ...(head.plan as object), ...change } }));
const lines = (change: (lines: string[]) => readonly string[]) => (t: string) =>
  `${change(t.trimEnd().split('\n')).join('\n')}\n`;

describe('refused', () => {
  test.each<readonly [string, (text: string) => string, string]>([
    ['another seed', plan({ seed: 8 }), 'has seed 8, but'],
    ['another profile', plan({ runs: 80 }), 'has runs 80, but'],
    ['another gate', plan({ minGrade: 'B' }), 'has minGrade B, but'],
    ['other operators', plan({ ops: ['relu'] }), 'has operators ["relu"], but'],
    ['another suite', header((head) => ({ ...head, suite: '0.0.9' })), 'has suite version 0.0.9'],
    ['another format', header((head) => ({ ...head, version: 2 })), 'line 1'],
    [
      'another candidate',
      (t) =>
        t.replace('"impl":{"name":"fast","version":"1"', '"impl":{"name":"fast","version":"2"'),
      'has a candidate with impl {"name":"fast","version":"2"',
    ],
    [
      'another offer',
      (t) => t.replace('{"relu":', '{"tanh":{"grad":[]},"relu":'),
      'a candidate with ops',
    ],
    [
      'another baseline',
      (t) => t.replace(/"baseline":"./, '"baseline":"x'),
      'a baseline with digest x',
    ],
    ['no baseline', (t) => t.replace(/"baseline":"[^"]*",/, ''), 'a baseline with digest none'],
    ['a whole run', header(({ shard: _, ...head }) => head), 'is a whole run and not a shard'],
    ['the same shard twice', () => text[0]!, 'are both shard 1/3'],
    [
      'a shard of another cut',
      header((head) => ({ ...head, shard: { index: 2, of: 4 } })),
      'is one of 4 shards',
    ],
    ['the results of another', (t) => t.replace('"index":2', '"index":3'), 'are both shard 3/3'],
    ['a line less', lines((all) => all.toSpliced(3, 1)), 'where'],
    ['a line twice', lines((all) => all.toSpliced(3, 0, all[3]!)), 'where'],
    ['a line more', lines((all) => all.toSpliced(-1, 0, all[1]!)), 'which should not be there'],
    ['no footer', lines((all) => all.slice(0, -1)), 'no footer: it was cut off'],
    ['half a line', (t) => t.slice(0, -20), 'ends in the middle of line'],
    ['nothing', () => '', 'is empty'],
    ['no JSON', (t) => t.replace('{"type":"result"', '{type:result'), 'line 2 is not JSON'],
    [
      'an interrupted one',
      (t) => t.replace('"footer"', '"footer","isInterrupted":true'),
      'was interrupted: run shard 2/3',
    ],
  ])('%s', async (_, change, says) => {
    expect(change(text[1]!)).not.toBe(text[1]);
    const { code, out, err } = await mergedWith(1, change);
    expect(err).toContain(says);
    expect(err).toContain('changed.jsonl');
    expect([code, out]).toEqual([2, '']);
  });
  test('too few', async () => {
    const few = await touchstone(['merge', paths[0]!, paths[2]!]);
    expect([few.code, few.err]).toEqual([2, expect.stringContaining('a shard is missing: 2/3')]);
    const one = await touchstone(['merge', paths[1]!]);
    expect([one.code, one.err]).toEqual([2, expect.stringContaining('missing: 1/3, 3/3')]);
  });
  test('a file that is not there', async () => {
    const { code, err } = await touchstone(['merge', file('nowhere.jsonl')]);
    expect([code, err]).toEqual([2, expect.stringContaining('nowhere.jsonl cannot be read')]);
  });
  test('a single run of another suite', async () => {
    await writeFile(file('old.jsonl'), unsharded.replace(/"suite":"[^"]*"/, '"suite":"0.0.9"'));
    const { code, err } = await touchstone(['merge', file('old.jsonl')]);
    expect([code, err]).toEqual([2, expect.stringContaining('is of touchstone 0.0.9')]);
  });
});

test('a shard that is said to be of another candidate is one', async () => {
  const other = claiming(wrong, (hello: Hello) => ({
    ...hello,
    impl: { ...hello.impl, version: '3' },
  }));
  await checked(other, { op: 'relu', shard: '2/2', report: [`jsonl=${file('b.jsonl')}`] });
  await checked(wrong, { op: 'relu', shard: '1/2', report: [`jsonl=${file('a.jsonl')}`] });
  const { code, err } = await touchstone(['merge', file('a.jsonl'), file('b.jsonl')]);
  expect([code, err]).toEqual([2, expect.stringContaining('a candidate with impl')]);
});
