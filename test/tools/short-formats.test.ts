/** Every 97th input of the 16-bit formats: the oracle certifies it, and our results are as good as said. */
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { bfloat16, float16 } from '../../spec/format.ts';
import { isAtLeast } from '../../spec/grade.ts';
import type { Elementwise } from '../../spec/op.ts';
import * as src from '../../src/index.ts';
import { type Answers, describeSweep, sweepShort } from '../../tools/short-formats.ts';

/** 97 is prime: all low and high bits are met. */
const STRIDE = 97;
const INPUTS = Math.ceil(2 ** 16 / STRIDE);

const elementwise = [...operators.values()].filter(
  (op): op is Elementwise => op.kind === 'elementwise',
);

function answersOf(id: string): Answers | undefined {
  const op = Object.values(src).find((x) => 'id' in x && x.id === id);
  const fast = op as unknown as src.Elementwise<object> | undefined;
  return fast && { value: (x) => fast(x), slope: (x) => fast.gradient(x) };
}

describe.each([float16, bfloat16])('$name', (format) => {
  test.each(elementwise.map((op) => [op.id, op] as const))('%s', (id, op) => {
    const answers = answersOf(id);
    const sweep = sweepShort(op, format, answers, STRIDE);
    expect(sweep.inputs).toBe(INPUTS);
    expect(sweep.certified).toBe(2 * INPUTS);
    for (const tally of answers ? [sweep.value, sweep.slope] : []) {
      // Two roundings of half an ulp each, the first of a much smaller one.
      expect(isAtLeast(tally!.worst, 'A'), JSON.stringify(tally)).toBe(true);
      expect(tally!.largest).toBeLessThan(0.51);
      expect(tally!.grades.S! / INPUTS).toBeGreaterThan(0.9);
    }
  });
});

test('what is wrong is told', () => {
  const answers: Answers = { value: (x) => src.tanh(x), slope: (x) => x.map(() => 1) };
  const op = operators.get('tanh') as Elementwise;
  const sweep = sweepShort(op, float16, answers, STRIDE);
  expect(sweep.slope!.worst).toBe('F');
  const text = describeSweep('tanh', float16, sweep);
  expect(text).toContain(`tanh, float16: ${2 * INPUTS} results of ${INPUTS} inputs certified\n`);
  expect(text).toMatch(/ {2}slope {2}\d+ S, .*\d+ F; largest observed error Infinity ulp/);
});

test('without a candidate the oracle still answers', () => {
  const sweep = sweepShort(operators.get('relu') as Elementwise, bfloat16, undefined);
  expect(describeSweep('relu', bfloat16, sweep)).toBe(
    'relu, bfloat16: proved on all 65,536 inputs; src/ does not have it\n',
  );
});
