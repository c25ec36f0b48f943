import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causes, commandOf, questionOf } from '../../conformance/nan/causes.ts';
import { find } from '../../conformance/nan/find.ts';
import { touchstone } from './terminal.ts';

describe('causes', () => {
  test.each(causes.map((cause) => [cause.id, cause] as const))('%s', (_, cause) => {
    const { born } = find(questionOf(cause));
    expect(born && { where: born.where, step: born.step, place: born.place }).toEqual(cause.born);
  });
  test.each(causes.filter(({ fixed }) => fixed).map((cause) => [cause.id, cause] as const))(
    '%s without the fault: nothing is born',
    (_, cause) => {
      const { born, loss, gradient } = find(questionOf({ ...cause, ...cause.fixed }));
      expect(born).toBe(undefined);
      expect(Number.isFinite(loss.value)).toBe(true);
      expect(gradient.bad).toBe(0);
    },
  );
  test.each(causes.map((cause) => [cause.id, cause] as const))(
    '%s as a command',
    async (_, cause) => {
      const { code, out } = await touchstone([...commandOf(cause), '--json']);
      expect(code).toBe(cause.born ? 1 : 0);
      expect(JSON.parse(out).born?.step).toBe(cause.born?.step);
    },
  );
});
