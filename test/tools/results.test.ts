/** # Published results: pages are those of the data, and the data is what implementations answer */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { loadCandidate } from '../../conformance/adapters/index.ts';
import { type Entry, standing } from '../../conformance/baseline.ts';
import { EXIT } from '../../conformance/failure.ts';
import { operators } from '../../conformance/operators.ts';
import { planOf } from '../../conformance/plan.ts';
import { version } from '../../conformance/version.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import { complete } from '../../conformance/wire/session.ts';
import type { Candidate, Request } from '../../properties/candidate.ts';
import { main } from '../../tools/results/command.ts';
import { diff } from '../../tools/results/diff.ts';
import { readRecords, writePages, writeRecord } from '../../tools/results/files.ts';
import { replayLine } from '../../tools/results/findings.ts';
import { cellOf } from '../../tools/results/grid.ts';
import { MOST, measure } from '../../tools/results/measure.ts';
import { pagesOf } from '../../tools/results/pages.ts';
import { PEERS, replayOf } from '../../tools/results/peers.ts';
import {
  type Case,
  type Finding,
  layOut,
  type PeerRecord,
  parseRecord,
  type Ran,
  type Row,
} from '../../tools/results/record.ts';
import { answerOf, sentence } from '../../tools/results/spelling.ts';

const folder = fileURLToPath(new URL('../../docs/results', import.meta.url));
const published = await readRecords(folder);
const recordOf = (peer: string): Ran =>
  published.find((record): record is Ran => record.peer === peer && record.state === 'run')!;

let temporary = '';
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(temporary, { recursive: true }));

// Pages ------------------------------------------------------------------------------------------

/** The record with one row changed. */
const changing = (record: Ran, op: string, change: (row: Row) => Row): Ran => ({
  ...record,
  rows: record.rows.map((row) => (row.op === op ? change(row) : row)),
});
const failing = (record: Ran): Row => record.rows.find(({ findings }) => findings.length > 0)!;

describe('the pages', () => {
  const pages = pagesOf(published);
  test('are those of the data', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md'));
    expect(names.sort()).toEqual(Object.keys(pages).sort());
    for (const name of names)
      expect(await readFile(join(folder, name), 'utf8'), name).toBe(pages[name]);
  });
  test('change when the data does', () => {
    const record = recordOf('onnxruntime');
    const { op } = failing(record);
    const changed = (change: (row: Row) => Row, name: string): boolean => {
      const planted = changing(record, op, change);
      const others = published.map((one) => (one.peer === record.peer ? planted : one));
      return pagesOf(others)[name] !== pages[name];
    };
    const first = (change: Partial<Finding>) => (row: Row) => ({
      ...row,
      findings: row.findings.map((finding, i) => (i === 0 ? { ...finding, ...change } : finding)),
    });
    expect(changed((row) => row, 'README.md')).toBe(false);
    expect(changed((row) => ({ ...row, failed: row.failed.slice(1) }), 'README.md')).toBe(true);
    expect(changed((row) => ({ ...row, compared: row.compared + 1 }), 'README.md')).toBe(true);
    expect(changed(first({ says: 'planted' }), 'onnxruntime.md')).toBe(true);
    expect(changed(first({ exact: '0.1' }), 'onnxruntime.md')).toBe(true);
    expect(changed(first({}), 'onnxruntime.md')).toBe(false);
  });
  test('can be read on GitHub', () => {
    const sizes = Object.values(pages).map((text) => Buffer.byteLength(text));
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(2 ** 20);
    for (const [name, text] of Object.entries(pages)) {
      expect(text, name).not.toMatch(/maximum error|max\. error/i);
      const opened = text.match(/<details>/g)?.length ?? 0;
      expect(text.match(/<\/details>/g)?.length ?? 0, name).toBe(opened);
    }
  });
  test('have no link that leads nowhere', () => {
    const links = Object.values(pages).flatMap((text) => [
      ...text.matchAll(/\]\(([^)]+\.md)#?([^)]*)\)/g),
    ]);
    expect(links.length).toBeGreaterThan(10);
    for (const [, page, anchor] of links) {
      expect(pages[page!], page).toBeDefined();
      if (anchor) expect(pages[page!], `${page}#${anchor}`).toContain(`\n### ${anchor}\n`);
    }
  });
  test('never show as passed what was not run, not offered, or not answered', () => {
    const head = { version: 1, peer: 'x', date: '2026-01-31', suite: version } as const;
    const absent: PeerRecord = { ...head, state: 'not run', reason: 'it is not installed' };
    expect(cellOf(absent, 'sigmoid')).toBe('n/r');
    expect(pagesOf([absent])['README.md']).toContain('not run: it is not installed');
    const record = { ...recordOf('onnxruntime'), peer: 'x' };
    expect(cellOf(record, 'sparsemax')).toBe('–');
    const { op } = failing(record);
    const silent = changing(record, op, (row) => ({
      ...{ ...row, compared: 0, failed: [], dialects: [] },
    }));
    expect(cellOf(silent, op)).toBe('none');
    const dialect = changing(record, op, (row) => ({
      ...row,
      failed: [],
      dialects: ['edges/nan'],
    }));
    expect(cellOf(dialect, op)).toContain('≈ 1');
  });
});

// Data -------------------------------------------------------------------------------------------

const casesOf = ({ rows }: Ran): readonly Case[] =>
  rows.flatMap(({ value, gradient, findings }) => [
    ...[value, gradient].flatMap((graded) => graded?.at ?? []),
    ...findings,
  ]);

/** Cases that a candidate answers otherwise. */
async function otherwise(candidate: Candidate, record: Ran): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (const one of casesOf(record)) {
    const answer = answerOf(await candidate.run(decodeRequest(one.witness)));
    if (JSON.stringify(answer) !== JSON.stringify(one.answer)) found.push(one);
  }
  return found;
}

/** On another processor ONNX Runtime chooses other kernels, and the last bits are others. */
const isSeenHere = async (candidate: Candidate, { env }: Ran): Promise<boolean> =>
  (await candidate.hello()).env?.cpu === env?.cpu;

describe.each(['fast', 'onnxruntime'])('the results of %s', (name) => {
  const record = recordOf(name);
  test('are of this version, and of every operator that it offers', async () => {
    const { impl, ops } = await (await loadCandidate(name)).hello();
    expect(record.impl.version).toBe(impl.version);
    expect(record.suite).toBe(version);
    expect(record.rows.map(({ op }) => op).sort()).toEqual(Object.keys(ops).sort());
    expect(record.rows.every(({ op, kind }) => operators.get(op)!.kind === kind)).toBe(true);
  });
  test('have witnesses that replay to the same bits', async () => {
    const candidate = await loadCandidate(name);
    const due = name === 'fast' || (await isSeenHere(candidate, record));
    const wrong = await otherwise(candidate, record);
    expect(casesOf(record).length).toBeGreaterThan(record.rows.length / 2);
    if (due) expect(wrong.map(({ witness }) => JSON.stringify(witness))).toEqual([]);
    else expect(wrong.length).toBeLessThan(casesOf(record).length);
  });
  test('have witnesses that still fail', async () => {
    const candidate = await loadCandidate(name);
    const hello = await candidate.hello();
    const plan = planOf({ profile: 'quick', seed: String(record.seed), minGrade: record.gate });
    for (const { op, findings } of record.rows)
      for (const finding of findings) {
        const seen = { version: record.impl.version, cpu: record.env?.cpu ?? 'unknown' };
        const { says: reason, witness } = finding;
        const entry: Entry = { check: `${op}/${finding.check}`, reason, witness, seen };
        expect(['fails as listed', 'passes elsewhere']).toContain(
          await standing(entry, candidate, hello, plan),
        );
      }
  });
});

test('fast has no check that fails', () => {
  expect(recordOf('fast').rows.flatMap(({ failed }) => failed)).toEqual([]);
});

test('an answer of other bits is noticed', async () => {
  const record = recordOf('fast');
  const plant = (one: Case): Case => ({
    ...one,
    answer: JSON.parse(JSON.stringify(one.answer).replace(/"hex":"./, '"hex":"f')),
  });
  const op = 'sigmoid';
  const planted = changing(
    { ...record, rows: record.rows.filter((row) => row.op === op) },
    op,
    (row) => ({
      ...row,
      value: { ...row.value!, at: plant(row.value!.at!) },
    }),
  );
  expect(await otherwise(fast(version), planted)).toHaveLength(1);
});

test('no file says on whose machine it was made', async () => {
  for (const name of await readdir(folder))
    expect(await readFile(join(folder, name), 'utf8'), name).not.toMatch(
      /(?<![\w.])\/(?:home|root|tmp|work|usr|opt|Users)\//,
    );
  const trace = 'File "/home/me/venv/lib/site-packages/torch/nn.py", line 3: <f at 0x7f00deadbeef>';
  expect(sentence(trace)).toBe('File "…/nn.py", line 3: <f at 0x…>');
  expect(sentence('see https://example.org/a/b/c')).toBe('see https://example.org/a/b/c');
});

/** What the suite was never told: it has to find them. */
const TELLING = [
  ['pytorch', 'cross-entropy', 'value/zero'],
  ['onnxruntime', 'sigmoid', 'value/zero'],
  ['onnxruntime', 'gelu', 'value/zero'],
  ['tfjs', 'softplus', 'value/size'],
] as const;
test.each(TELLING)('%s: %s has a finding %s', (peer, op, check) => {
  const record = published.find((one) => one.peer === peer);
  if (record === undefined || record.state === 'not run') return;
  const row = record.rows.find((one) => one.op === op)!;
  expect(row.findings.map((finding) => finding.check)).toContain(check);
});

// Making them ------------------------------------------------------------------------------------

/** tanh is 0 below a thousandth, and its slope is that of another function. */
const wrong: Candidate = {
  hello: async () => {
    const { ops, ...rest } = await fast('planted').hello();
    return { ...rest, ops: { tanh: ops.tanh!, relu: ops.relu! } };
  },
  async run(request) {
    const reply = await fast('planted').run(request);
    if (request.op !== 'tanh' || !reply.out) return reply;
    const data = Float32Array.from(reply.out.data as Float32Array, (y) =>
      Math.abs(y) < 1e-3 ? 0 : y,
    );
    return { ...reply, out: { ...reply.out, data } };
  },
};
const plan = { ...planOf({ profile: 'smoke', seed: '3', minGrade: 'C' }) };
const ops = ['relu', 'tanh', 'sigmoid'].map((id) => operators.get(id)!);
const head = { version: 1, peer: 'x', date: '2026-01-31', suite: version } as const;
const measured = async (): Promise<Ran> => ({
  ...head,
  ...{ profile: 'smoke', replay: '--candidate ./x.js' },
  ...(await measure(wrong, { ...plan, ops })),
});

describe('a run', () => {
  test('keeps every number with its case', async () => {
    const record = await measured();
    expect(record.rows.map(({ op }) => op)).toEqual(['relu', 'tanh']);
    const [relu, tanh] = record.rows as [Row, Row];
    expect(relu.failed).toEqual([]);
    expect(tanh.failed).toContain('value/zero');
    const zero = tanh.findings.find(({ check }) => check === 'value/zero')!;
    expect(zero).toMatchObject({ got: '00000000', want: 'out', index: 0, gate: 'S' });
    expect(Number(zero.exact)).not.toBe(0);
    // The largest error of an elementwise operator is shown by one number.
    expect(tanh.value!.at!.witness).toMatchObject({ in: { input: { shape: [] } } });
    expect(tanh.value!.at!.ulps).toBe(tanh.value!.ulps);
    expect(await otherwise(wrong, record)).toEqual([]);
    expect(tanh.findings.length).toBeLessThanOrEqual(Math.max(MOST, tanh.failed.length));
    expect(parseRecord('x', layOut(record))).toEqual(JSON.parse(JSON.stringify(record)));
  });
  test('is written if it brings news, and not otherwise', async () => {
    const record = await measured();
    const absent: PeerRecord = { ...head, state: 'not run', reason: 'it is not installed' };
    const write = (one: PeerRecord, isNamed = false) => writeRecord(temporary, one, isNamed);
    expect(await write(record)).toBe('written');
    expect(await write({ ...record, date: '2026-02-01' })).toBe('nothing has changed');
    expect(await write(absent)).toBe('its results stay');
    expect(await readRecords(temporary)).toMatchObject([{ state: 'run', date: '2026-01-31' }]);
    expect(await writePages(temporary)).toEqual(['README.md', 'x.md']);
    expect(await write(absent, true)).toBe('written');
    expect(await readRecords(temporary)).toMatchObject([{ state: 'not run' }]);
  });
  test('of what is not installed says so', async () => {
    const said: string[] = [];
    const terminal = {
      input: Readable.from([]),
      colors: createColors(false),
      print: async () => {},
      tell: (text: string) => void said.push(text),
    };
    const place = { root: temporary, today: new Date('2026-01-31') };
    const asked = (...args: readonly string[]) => main(args, place, terminal);
    const into = join(temporary, 'none');
    expect(await asked('--folder', into, '--peer', 'jax')).toBe(EXIT.candidate);
    expect(await readRecords(into)).toMatchObject([
      { peer: 'jax', state: 'not run', date: '2026-01-31' },
    ]);
    expect(said.join('')).toMatch(/^jax: not run: jax is not installed/);
    const program = [join(temporary, '.peers/jax/bin/python'), join(temporary, 'jax.py')];
    expect(replayOf(program, temporary)).toBe('-- .peers/jax/bin/python jax.py');
    expect(await asked('--peer', 'torch')).toBe(EXIT.usage);
    expect(await asked('--date', 'today')).toBe(EXIT.usage);
    expect(await asked('--diff', 'one.json')).toBe(EXIT.usage);
    const [worse, missing] = [join(into, 'jax.json'), join(into, 'none.json')];
    expect(await asked('--diff', worse, missing)).toBe(EXIT.usage);
    expect(await asked('--diff', join(folder, 'onnxruntime.json'), worse)).toBe(EXIT.fails);
    expect(await asked('--diff', worse, worse)).toBe(EXIT.conforms);
    expect(said.join('')).toContain('--peer torch should be one of fast, pytorch');
  });
});

test('peers have different names', () => {
  expect(new Set(PEERS).size).toBe(PEERS.length);
});

/** As `touchstone replay` reads it. */
const completed = (message: unknown): Request => {
  const request = decodeRequest(message);
  try {
    return complete(request);
  } catch {
    return request;
  }
};

test('the line that shows a finding again is one that a shell reads', () => {
  const { replay } = recordOf('onnxruntime');
  const input = { dtype: 'f32', shape: [], hex: '00000000' };
  const line = replayLine(replay, {
    ...{ cmd: 'run', op: 'relu', params: { a: "it's" }, in: { input } },
    ...{ want: ['out'], grad_out: null },
  });
  expect(line).toBe(
    `npx touchstone replay - --candidate onnxruntime <<< '{"op":"relu","params":{"a":"it'\\''s"},"in":${JSON.stringify({ input })}}'`,
  );
  for (const { witness } of casesOf(recordOf('onnxruntime'))) {
    const [, message] = /<<< '(.*)'$/.exec(replayLine(replay, witness))!;
    expect(completed(JSON.parse(message!))).toEqual(completed(witness));
  }
});

test('a difference is regressions and improvements, and nothing else', () => {
  const record = recordOf('onnxruntime');
  const { op, failed, value } = failing(record);
  expect(diff(record, { ...record, date: '2020-01-01', seed: 5 })).toEqual([]);
  const better = changing(record, op, (row) => ({
    ...row,
    value: { ...value!, grade: 'S' },
    failed: failed.slice(1),
  }));
  const says = (a: PeerRecord, b: PeerRecord) =>
    diff(a, b).map((c) => `${c.kind} ${c.op} ${c.says}`);
  expect(says(record, better)).toEqual([
    `improvement ${op} value ${value!.grade} → S`,
    `improvement ${op} passes ${failed[0]}`,
  ]);
  expect(says(better, record)).toEqual([
    `regression ${op} value S → ${value!.grade}`,
    `regression ${op} fails ${failed[0]}`,
  ]);
  const less = { ...record, rows: record.rows.filter((row) => row.op !== op) };
  expect(says(record, less)).toEqual([`regression ${op} is no longer offered`]);
  expect(says(less, record)).toEqual([`improvement ${op} is offered`]);
});
