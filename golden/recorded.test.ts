/** # The certified reference and `src/` agree with what ONNX Runtime was recorded to answer */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as answers from './answers.ts';
import { casesOf } from './cases/index.ts';
import { differences } from './compare.ts';
import { explains, storedBaseline } from './explained.ts';
import { record, textOf, writeAll } from './record.ts';
import { casesToRecord, fileOf, folder, readRecorded, witnessesIn, writeCase } from './recorded.ts';

const baseline = await storedBaseline();
const ops = Object.keys(casesOf);

test('every operator has a file, and no file is left over', () => {
  expect(readdirSync(folder).sort()).toEqual(ops.map((op) => `${op}.json`).sort());
});

test('the files stay small', () => {
  for (const name of readdirSync(folder))
    expect(statSync(join(folder, name)).size, name).toBeLessThan(20_000);
});

describe.each(ops)('%s', (op) => {
  test('agrees with what is recorded', async () => {
    const recorded = readRecorded(op);
    expect(recorded.op).toBe(op);
    expect(recorded.onnxruntime).toMatch(/^\d+\.\d+\.\d+$/);
    const witnesses = witnessesIn(recorded);
    expect(witnesses.length).toBeGreaterThanOrEqual(recorded.cases.length);
    const found = await differences(witnesses, answers);
    const unexplained = found.filter(({ of }) => !explains(baseline, of));
    expect(unexplained.map(({ message }) => message)).toEqual([]);
  });

  test('holds the inputs that would be recorded now, byte for byte', () => {
    const stored = readRecorded(op).cases.map(({ params, in: given }) => ({ params, in: given }));
    expect(JSON.stringify(stored)).toBe(JSON.stringify(casesToRecord(op).map(writeCase)));
  });

  test('is written by the recorder alone', () => {
    expect(textOf(readRecorded(op))).toBe(readFileSync(fileOf(op), 'utf8'));
  });
});

test('recording again gives the same inputs, and answers of the same shape', async () => {
  const again = await record('cross-entropy');
  const before = readRecorded('cross-entropy');
  expect(again.cases.map(({ in: given }) => given)).toEqual(before.cases.map((c) => c.in));
  const shapes = ({ cases }: typeof before) =>
    cases.map((c) => Object.entries(c.answers).map(([p, a]) => [p, a.dtype, a.shape]));
  expect(shapes(again)).toEqual(shapes(before));
});

test('a recording that fails half-way leaves every file as it was', () => {
  const place = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    const [first, second] = [join(place, 'a.json'), join(place, 'missing', 'b.json')];
    writeFileSync(first, 'before');
    const files = new Map([
      [first, 'after'],
      [second, 'after'],
    ]);
    expect(() => writeAll(files)).toThrow(/missing/);
    expect(readFileSync(first, 'utf8')).toBe('before');
    expect(existsSync(`${first}.new`)).toBe(false);
  } finally {
    rmSync(place, { recursive: true });
  }
});
