/** # What people read: a row for each operator, and everything about each finding */

import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { summarize } from '../../conformance/report/summary.ts';
import { findingText, numberText, rowsText, ulpsText } from '../../conformance/report/text.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import type { Finding, LawResult } from '../../properties/law.ts';
import { judged } from '../../properties/laws/judgement.ts';
import type { Question, Subject } from '../../properties/subject.ts';
import { strict } from '../../spec/grade.ts';
import { tensor } from '../../spec/tensor.ts';
import { planted } from '../planted.ts';
import { checked } from './judge.ts';

const plain = createColors(false);
const result = (more: Partial<LawResult>): LawResult => ({
  ...{ op: 'tanh', law: 'value', status: 'pass', questions: 1, compared: 1 },
  ...{ skipped: 0, undecided: 0, reasons: [], grades: {}, findings: [] },
  ...more,
});
const uneven = { name: 'uneven', says: '', question: { tensors: {}, settings: {}, want: [] } };
const region = (grade: 'S' | 'A' | 'C' | 'F', ulps: number, count = 1) => ({ grade, ulps, count });

describe('a row', () => {
  test('has the grade of the worst region, where it is, and all numbers', () => {
    const [row, ...more] = summarize([
      result({ grades: { value: { a: region('A', 0.9, 10), b: region('S', 0.5, 5) } } }),
      result({ law: 'gradient', grades: { value: { c: region('C', 3, 2) } }, compared: 4 }),
      result({ law: 'batch', status: 'unsupported', compared: 0, undecided: 2 }),
      result({ law: 'odd', status: 'fail', findings: [uneven] }),
    ]);
    expect(more).toEqual([]);
    expect(row).toEqual({
      ...{ op: 'tanh', laws: 3, compared: 6, undecided: 2, failed: ['tanh/odd/uneven'] },
      value: { grade: 'C', ulps: 3, region: 'c', count: 17 },
    });
  });
  test('does not hide the largest error behind a better grade', () => {
    const grades = { value: { a: region('F', 7), b: region('F', 9), c: region('S', 0.5) } };
    expect(summarize([result({ grades })])[0]!.value).toMatchObject({ region: 'b', ulps: 9 });
  });
  test('for each operator, in the order in which they came', () => {
    const ops = ['relu', 'tanh', 'relu'].map((op) => result({ op }));
    expect(summarize(ops).map((row) => row.op)).toEqual(['relu', 'tanh']);
  });
  test('as text: what failed, what passed, what compared nothing', () => {
    const text = rowsText(
      summarize([
        result({ op: 'relu', status: 'fail', findings: [uneven], compared: 1234567 }),
        result({ op: 'softmax', status: 'fail', findings: [uneven] }),
        result({ op: 'tanh', undecided: 3 }),
        result({ op: 'sigmoid', status: 'unsupported', compared: 0 }),
      ]),
      new Set(['softmax/value/uneven']),
      plain,
    );
    expect(text).toMatch(/KNOWN +softmax /);
    expect(text).toMatch(/FAIL +relu .*1,234,567\n/);
    expect(text).toMatch(/PASS +tanh .*1 \(3 undecided\)\n/);
    expect(text).toMatch(/NONE +sigmoid /);
  });
});

test('numbers with their bits, errors in ulps', () => {
  expect(numberText(1)).toBe('1 (3f800000)');
  expect(numberText(-0)).toBe('-0 (80000000)');
  expect(numberText(NaN)).toBe('NaN (7fc00000)');
  expect(numberText(2 ** -149)).toContain('(00000001)');
  expect([0.5, 12.345, 123456, Infinity].map(ulpsText)).toEqual([
    ...['0.500 ulp', '12.3 ulp', '1.2e+5 ulp', 'another kind'],
  ]);
});

describe('a finding', () => {
  const bug = planted.find((p) => p.what === 'log in place of log1p' && p.op === 'log-softmax')!;
  const question: Question = {
    tensors: { input: tensor([1, 2], [17, 0]) },
    settings: { dim: -1 },
    want: ['out'],
  };
  async function told(): Promise<string> {
    const hello = await bug.candidate.hello();
    const op = operators.get(bug.op)!;
    const gate = { value: 'C', gradient: 'C' } as const;
    const subject: Subject = { op, candidate: bug.candidate, hello, policy: strict, gate, seed: 1 };
    const { faults } = await judged(subject, question);
    const finding: Finding = { ...faults[0]!, question };
    return findingText(result({ op: bug.op, findings: [finding] }), finding, plain);
  }

  test('has the clause, the case, what came, the truth, the error, and what it looks like', async () => {
    const text = await told();
    expect(text).toMatch(/^FAIL log-softmax\/value\/zero {2}0 where the result is not 0\n/);
    expect(text).toContain('clause   LSM-1: The largest element keeps its digits');
    expect(text).toContain('input    f32 [1,2]  17 (41880000), 0 (00000000)');
    expect(text).toContain('got      0 (00000000) at out[0]');
    // −ln(1 + e⁻¹⁷)
    expect(text).toContain(
      'exact    -4.1399376330897474477e-8, nearest -4.139937459513021e-8 (b331cf18)',
    );
    expect(text).toMatch(/error {4}.* ulp: grade D, should be C or better/);
    expect(text).toMatch(/like {5}a small result that is lost/);
  });
  test('can be asked again from what it prints', async () => {
    const line = /replay {3}(\{.*\})/.exec(await told())![1]!;
    const { op, params, in: inputs, want } = decodeRequest(JSON.parse(line));
    expect([op, params, want]).toEqual(['log-softmax', { dim: -1 }, ['out']]);
    expect(inputs.input).toEqual({ dtype: 'f32', shape: [1, 2], data: Float32Array.of(17, 0) });
  });
  test('is short, however long the input is', () => {
    const long = {
      tensors: {
        input: tensor(
          [40],
          Array.from({ length: 40 }, () => 1),
        ),
      },
    };
    const finding = { name: 'x', says: 'y', question: { ...question, ...long } };
    const text = findingText(result({ op: 'relu' }), finding, plain);
    expect(text).toContain('… 40 in all');
  });
});

test('a report says which seed, which gate, and what it found, once', async () => {
  const { out } = await checked(planted[2]!.candidate, { op: planted[2]!.op, minGrade: 'B' });
  expect(out).toContain('seed 7 · gate B');
  const titles = out.match(/^FAIL \S+\/.*$/gm)!;
  expect(titles.length).toBeGreaterThan(0);
  expect(new Set(titles).size).toBe(titles.length);
  const { out: clean } = await checked(fast('1'), { op: 'relu' });
  expect(clean).not.toContain('FAIL');
});
