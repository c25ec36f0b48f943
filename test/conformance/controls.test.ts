/** # What is perfect passes, and what is broken fails by the law that it is meant for */
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { reference } from '../../conformance/reference.ts';
import { subjectOf } from '../../conformance/run.ts';
import { test as inspect } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import { GRADES, type Grade } from '../../spec/grade.ts';
import { controls, oneUlpOff } from '../controls/broken.ts';
import { faultIn, shown } from '../controls/run.ts';
import { unpromising } from '../mutants/run.ts';
import { seed } from '../seed.ts';
import { touchstone } from './terminal.ts';

describe('what is perfect', () => {
  test.each(['relu', 'log-sum-exp', 'nll-loss'])('passes with the best grade: %s', async (op) => {
    const options = ['--op', op, '--profile', 'smoke', '--min-grade', 'S'];
    const { code, out } = await touchstone(['check', 'reference', ...options]);
    expect(out).toMatch(new RegExp(`PASS {2}${op} +S`));
    expect([code, out.split('\n').at(-2)]).toEqual([0, 'reference: conforms']);
  });
  test.each(controls.map((control) => [control.what, control] as const))(
    'is not found where one is that has %s',
    async (_, control) => {
      const honest = { ...control, candidate: reference };
      expect(await faultIn(honest, operators.get(control.sample[0]!)!, 3)).toBeUndefined();
    },
  );
});

describe('what is broken', () => {
  const sample = controls.flatMap((c) => c.sample.map((op) => [op, c.what, c.law, c] as const));
  test.each(sample)('%s, %s: found by %s', async (id, _, __, control) => {
    const op = operators.get(id)!;
    expect(control.shows(op)).toBe(true);
    expect(await faultIn(control, op)).toBeDefined();
  });
  test('is of every kind: each law has a control, and each control shows in some operators', () => {
    const without = (names: readonly string[]) =>
      names.filter((name) => !controls.some(({ law }) => law === name));
    expect(without(laws.map(({ name }) => name))).toEqual([]);
    expect(without(['a law without a control'])).toEqual(['a law without a control']);
    for (const control of controls) expect(shown.some(([c]) => c === control)).toBe(true);
    expect(controls.length).toBeGreaterThanOrEqual(12);
  });
});

describe('one ulp off everywhere', () => {
  /** The laws that find fault, by gate. */
  async function finding(
    id: string,
    minGrade: Grade,
    names: readonly string[],
  ): Promise<readonly string[]> {
    const op = operators.get(id)!;
    const hello = unpromising(await oneUlpOff.hello(), id);
    const subject = subjectOf(oneUlpOff, hello, op, { seed, minGrade })!;
    const found: string[] = [];
    for (const law of laws.filter(({ name }) => names.includes(name)))
      if ((await inspect(law, subject, 20)).status === 'fail') found.push(law.name);
    return found;
  }
  // At a power of two the float above is two ulps of the exact result away, or a bit more: C, not B.
  test.each(['exponential', 'tanh', 'relu'])(
    '%s: values fail at S and A, and pass at C',
    async (id) => {
      for (const grade of GRADES.filter((g) => g !== 'B')) {
        const found = await finding(id, grade, ['value']);
        expect([grade, found]).toEqual([grade, 'SA'.includes(grade) ? ['value'] : []]);
      }
    },
  );
  test('what has to be exact, or within the range, is found at every gate', async () => {
    for (const grade of ['S', 'C', 'E'] as const) {
      expect(await finding('relu', grade, ['reduction'])).toEqual(['reduction']);
      expect(await finding('sigmoid', grade, ['range'])).toEqual(['range']);
    }
  });
});
