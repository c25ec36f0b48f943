import { expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { touchstone } from './terminal.ts';

const explain = (...names: string[]) => touchstone(['explain', ...names]);

test('every operator explains its formula, its parameters and its clauses', async () => {
  for (const { id, params, clauses, dialects } of operators.values()) {
    const { code, out } = await explain(id);
    expect(code).toBe(0);
    const [title = '', ...rest] = out.split('\n');
    expect(title).toMatch(new RegExp(`^\\S.*  ${id}$`));
    expect(title, 'the opening comment was found').not.toBe(`${id}  ${id}`);
    const body = rest.join('\n');
    for (const [clause, [law, sentence]] of Object.entries(clauses)) {
      expect(body).toContain(clause);
      expect(body).toContain(law);
      expect(body).toContain(sentence);
    }
    for (const name of Object.keys(params)) expect(body).toContain(`\n  ${name}`);
    for (const { name } of Object.values(dialects)) expect(body).toContain(name);
  }
});

test('edges and kinks are those of the definition', async () => {
  const { out } = await explain('relu');
  expect(out).toContain('relu(x) = max(x, 0)');
  expect(out).toMatch(/-∞ +0 +0\n +-1 +0 +0\n +-0 +-0 +0\n +0 +0 +0\n +1 +1 +1\n +∞ +∞ +1\n/);
  expect(out).toContain('  range     from 0 to ∞\n  monotone  never decreases\n');
  expect(out).toContain('slopes from 0 to 1 are subgradients; the answer is 0');
});

test('what differs elsewhere comes with its witness', async () => {
  const { out } = await explain('cross-entropy');
  expect(out).toContain(
    'NaN (7fc00000) instead of 0 (00000000), for input [-Infinity, 0], target [0, 1]',
  );
});

test('a function that turns says where, to 20 digits', async () => {
  const { out } = await explain('silu');
  // x = −1 − W(1/e), and the value is −W(1/e) (Lambert).
  expect(out).toContain('  minimum  f(-1.2784645427610737951) = -0.27846454276107379511\n');
  const gelu = await explain('gelu');
  expect(gelu.out).toMatch(/ {2}minimum {2}f\(-0\.751791524693564\d+\) = -0\.169971207479\d+\n/);
  expect(gelu.out).toMatch(/ {2}minimum {2}f\(-0\.752461\d+\) = -0\.170040\d+, tanh\n/);
  expect(gelu.out).toContain(
    'NaN (7fc00000) instead of -0 (80000000), for input -Infinity (ff800000)',
  );
});

test('what else a framework calls it comes with the parameters', async () => {
  const { out } = await explain('silu');
  expect(out).toContain('also com.microsoft.QuickGelu, which is alpha = 1.702');
  expect(out).toContain('also jax.nn.swish\n');
});

test('a difference that float32 cannot show has the bits of float64', async () => {
  const { out } = await explain('softplus');
  expect(out).toContain('21 (4035000000000000) instead of 21.000000000758256 (');
});

test('a clause, in any case of letters', async () => {
  for (const name of ['CE-7', 'ce-7']) {
    const { code, out } = await explain(name);
    expect(code).toBe(0);
    expect(out).toContain('CE-7  cross-entropy\n');
    expect(out).toContain('A loss near 0 keeps its digits');
    expect(out).toContain('touchstone explain cross-entropy');
  }
});

test.each([
  ['cross-entrpy', 'did you mean cross-entropy?'],
  ['Log_Softmax', 'did you mean log-softmax?'],
  ['CE-70', 'did you mean CE-7?'],
  ['zzz', 'there is '],
])('%s is neither', async (name, says) => {
  const { code, out, err } = await explain(name);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(`${name}: there is no such operator or clause; ${says}`);
});

test('a name is needed', async () => {
  const { code, err } = await explain();
  expect(code).toBe(2);
  expect(err).toContain("missing required argument 'op | clause'");
});
