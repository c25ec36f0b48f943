/** # The power table: its page is what the code makes, its rules accept what is right and no more */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Bug, bugs } from '../../tools/power/bugs.ts';
import { distributions, normals, SEED, strided } from '../../tools/power/inputs.ts';
import { PAGE, pageOf } from '../../tools/power/page.ts';
import { type Rule, rules } from '../../tools/power/rules.ts';
import { tableOf, truthsOf } from '../../tools/power/table.ts';

const shown = distributions.map((inputs) => {
  const truths = truthsOf(bugs, inputs);
  return { inputs, truths, table: tableOf(bugs, rules, inputs, truths) };
});
const [narrow, wide] = shown as [(typeof shown)[0], (typeof shown)[0]];
const ours = rules.findIndex(({ name }) => name === 'Touchstone');
const ops = [...new Set(bugs.map(({ op }) => op))];

test('the page is what the code makes', () => {
  const page = pageOf(
    shown.map(({ table }) => table),
    rules,
  );
  expect(readFileSync(new URL(`../../${PAGE}`, import.meta.url), 'utf8')).toBe(page);
});

describe('the mistakes', () => {
  test('are twenty, each another', () => {
    expect(new Set(bugs.map(({ op, name }) => `${op}: ${name}`)).size).toBe(20);
    expect(bugs).toHaveLength(20);
  });
  test('are all caught by ours where the inputs are everywhere, and by nobody else', () => {
    expect(wide.table.rows.filter(({ isCaught }) => !isCaught[ours])).toEqual([]);
    const most = wide.table.totals.filter((total) => total === bugs.length);
    expect(most).toHaveLength(1);
  });
  test('are mostly not met by inputs near 0, by ours neither', () => {
    for (const total of narrow.table.totals) expect(total).toBeLessThan(bugs.length / 2);
  });
});

describe('rules', () => {
  test.each(shown)('accept what is correctly rounded: $inputs.name', ({ inputs, truths }) => {
    const right = ops.map((op): Bug => {
      const results = truths.get(op)!.rounded;
      const known = new Map(inputs.numbers.map((x, i) => [x, results[i]!]));
      return { op, name: 'none', code: (x) => known.get(x)! };
    });
    const { totals, rows } = tableOf(right, rules, inputs, truths);
    expect(rows).toHaveLength(ops.length);
    expect(totals).toEqual(rules.map(() => 0));
  });
  test.each(ops)('reject NaN, an overflow and what is far off: %s', (op) => {
    const wrong = [Number.NaN, Infinity, 1000].map(
      (y): Bug => ({ op, name: String(y), code: () => y }),
    );
    const { totals } = tableOf(wrong, rules, narrow.inputs, narrow.truths);
    expect(totals).toEqual(rules.map(() => wrong.length));
  });
  test('a rule that accepts everything catches nothing, one that rejects everything all', () => {
    const always = (name: string, accepts: Rule['accepts']): Rule => ({
      ...{ name, accepted: '', source: '' },
      accepts,
    });
    const both = [always('yes', () => true), always('no', () => false)];
    expect(tableOf(bugs, both, narrow.inputs, narrow.truths).totals).toEqual([0, bugs.length]);
  });
  test.each([
    ['array-api', 2.9, 2, true],
    ['array-api', 3.1, 2, false],
    ['array-api', 89, Infinity, true],
    ['array-api', 88, Infinity, false],
    ['NNSmith', 0.0009, 0, true],
    ['NNSmith', 0.0011, 0, false],
    ['ONNX', 1.0009, 1, true],
    ['ONNX', 0.9989, 1, false],
    ['ONNX', 2 ** 127, Infinity, false],
    ['XLA', 2e-4, 1e-4, true],
    ['XLA', 3e-4, 1e-4, false],
    ['XLA', Infinity, (2 - 2 ** -23) * 2 ** 127, true],
    ['PyTorch', 0, -1e-5, true],
    ['PyTorch', 0, -1.1e-5, false],
    ['JAX', 1 + 1.9e-6, 1, true],
    ['JAX', 1 + 2.1e-6, 1, false],
    ['WebNN', 1 + 34 * 2 ** -23, 1, true],
    ['WebNN', 1 + 35 * 2 ** -23, 1, false],
    ['WebNN', 34 * 2 ** -149, -0, true],
  ] as const)('%s, %d for %d: %s', (name, got, want, isAccepted) => {
    const { accepts } = rules.find((rule) => rule.name === name)!;
    expect(accepts({ op: 'sigmoid', got, want, grade: () => 'F' })).toBe(isAccepted);
  });
  test('ours is the grade', () => {
    const { accepts } = rules[ours]!;
    const answer = { op: 'sigmoid', got: 0, want: 0 };
    expect(accepts({ ...answer, grade: () => 'C' })).toBe(true);
    expect(accepts({ ...answer, grade: () => 'D' })).toBe(false);
  });
});

describe('inputs', () => {
  test('are the same for a seed, and others for another', () => {
    expect(normals(60, SEED)).toEqual(narrow.inputs.numbers);
    expect(normals(60, SEED + 1)).not.toEqual(narrow.inputs.numbers);
  });
  test('are about normal', () => {
    const draws = normals(10_000, SEED);
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
  test('are finite float32, from the smallest to the largest', () => {
    const all = strided(524_309);
    expect(all.every((x) => Number.isFinite(x) && Math.fround(x) === x)).toBe(true);
    const sizes = all.map(Math.abs).filter((x) => x > 0);
    expect(Math.min(...sizes)).toBeLessThan(2 ** -126);
    expect(Math.max(...sizes)).toBeGreaterThan(2 ** 127);
    expect(all.filter((x) => x < 0).length / all.length).toBeCloseTo(0.5, 2);
  });
});
