import { expect, test } from 'vitest';
import { nearest, operators } from '../../conformance/operators.ts';
import { touchstone } from './terminal.ts';

test('every operator, input, parameter and clause is listed', async () => {
  const { code, out } = await touchstone(['list']);
  expect(code).toBe(0);
  expect(operators.size).toBeGreaterThan(0);
  for (const { id, inputs, params, clauses } of operators.values()) {
    const [, after = ''] = out.split(`\n${id}\n`);
    const [section = ''] = after.split('\n\n');
    for (const name of [inputs, params, clauses].flatMap(Object.keys))
      expect(section, id).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

test('operators are listed in three groups that count them', async () => {
  const { out } = await touchstone(['list']);
  const counts = [...out.matchAll(/^(\d+) (activations|losses)/gm)].map(([, n]) => Number(n));
  expect(counts).toHaveLength(3);
  expect(counts.reduce((a, b) => a + b)).toBe(operators.size);
});

test('for machines, infinities are strings', async () => {
  const { code, out } = await touchstone(['list', '--json']);
  expect(code).toBe(0);
  const listed: { id: string; [field: string]: unknown }[] = JSON.parse(out);
  expect(listed.map(({ id }) => id)).toEqual([...operators.keys()]);
  const softplus = listed.find(({ id }) => id === 'softplus');
  expect(softplus).toMatchObject({
    kind: 'elementwise',
    gradients: ['input'],
    inputs: { input: { of: 'reals', axes: '*' } },
    params: { beta: { default: 1 }, threshold: { default: 'Infinity' } },
  });
  expect(out).not.toContain('null');
  const crossEntropy = listed.find(({ id }) => id === 'cross-entropy');
  expect(crossEntropy?.clauses).toMatchObject({ 'CE-7': { law: 'value' } });
});

test('an unknown option is refused', async () => {
  const { code, err } = await touchstone(['list', '--jsn']);
  expect(code).toBe(2);
  expect(err).toContain("unknown option '--jsn' (Did you mean --json?)");
});

test('the nearest name has fewest edits, and fewer than half of its letters', () => {
  const known = [...operators.keys()];
  expect(nearest('cross_entropy', known)).toBe('cross-entropy');
  expect(nearest('LogSoftmax', known)).toBe('log-softmax');
  expect(nearest('bce', known)).toBeUndefined();
  expect(nearest('', known)).toBeUndefined();
});
