import { describe, expect, test } from 'vitest';
import { causes } from '../../conformance/nan/causes.ts';
import { exactSlope } from '../../conformance/nan/certain.ts';
import { find } from '../../conformance/nan/find.ts';
import { machineOf, powerOf } from '../../conformance/nan/machine.ts';
import { backward, forward } from '../../conformance/nan/passes.ts';
import { commandOf, type Posed, questionOf } from '../../conformance/nan/posed.ts';
import { stepsOf } from '../../conformance/nan/stages.ts';
import { textbooks } from '../../conformance/nan/textbooks.ts';
import { runOf } from '../../conformance/nan/trial.ts';
import { findClause, operators } from '../../conformance/operators.ts';
import { bfloat16, float16, float32, float64 } from '../../spec/format.ts';
import { log, power, real } from '../../spec/functions.ts';
import { certify } from '../../spec/oracle/index.ts';
import type { Real } from '../../spec/real.ts';
import { touchstone } from './terminal.ts';

const byId = causes.map((cause) => [cause.id, cause] as const);
const cured = byId.flatMap(([id, cause]) =>
  cause.fixed ? [[id, { ...cause, ...cause.fixed } as Posed] as const] : [],
);
const ask = (posed: Posed) => find(questionOf(posed));

describe('causes', () => {
  test.each(byId)('%s', (_, cause) => {
    const { born } = ask(cause);
    expect(born && { where: born.where, step: born.step, place: born.place }).toEqual(cause.born);
  });
  test.each(cured)('%s without the fault: nothing is born', (_, posed) => {
    const { born, loss, gradient } = ask(posed);
    expect(born).toBe(undefined);
    expect(Number.isFinite(loss.value)).toBe(true);
    expect(gradient.bad).toBe(0);
  });
  test.each(byId)('%s as a command', async (_, cause) => {
    const { code, out } = await touchstone([...commandOf(cause), '--json']);
    expect(code).toBe(cause.born ? 1 : 0);
    expect(JSON.parse(out).born?.step).toBe(cause.born?.step);
  });
  test('every textbook but those that are right is a cause of something', () => {
    const shown = new Set(causes.filter(({ born }) => born).map(({ textbook }) => textbook));
    const others = textbooks.map(({ id }) => id).filter((id) => !shown.has(id));
    expect(others).toEqual(['nll', 'stable-bce', 'log-kl']);
  });
});

describe('facts', () => {
  const CONFIDENT = { input: [[120, 3, -5]], target: [1] };
  test('e^120 is ∞, and the loss 117', () => {
    const { born, loss, instead } = ask({ batch: CONFIDENT, textbook: 'softmax-log' });
    expect(born).toMatchObject({ value: Infinity, exact: '1.3041808783936322797e+52' });
    expect(born!.clause!.id).toBe('CE-13');
    expect(loss).toEqual({ value: Infinity, exact: '117' });
    expect(instead).toMatchObject({ op: 'cross-entropy', exact: '117', value: 117, ulps: 0 });
  });
  test('shifted, the logarithm of class 1 is −∞', () => {
    const { born, loss } = ask({ batch: CONFIDENT, textbook: 'shifted-softmax-log' });
    expect(born).toMatchObject({ step: 'l', value: -Infinity, exact: '-117' });
    expect(loss.exact).toBe('117');
  });
  test('σ(17) is 1, and the loss 17.0000000414', () => {
    const { born, trail, loss, instead } = ask({
      batch: { input: [17], target: [0] },
      textbook: 'sigmoid-bce',
    });
    expect(born!.exact).toBe('-17.000000041399376331');
    expect(trail.map(({ step, value }) => [step, value])).toEqual([
      ['input', 17],
      ['−z', -17],
      ['e', Math.fround(4.13993771878517e-8)],
      ['d', 1],
      ['p', 1],
      ['1 − p', 0],
      ['log(1 − p)', -Infinity],
    ]);
    expect(loss.exact).toBe('17.000000041399376331');
    expect(instead!.ulps).toBeLessThan(0.5);
    expect(instead!.isGradientFinite).toBe(true);
  });
  test('σ(z) step by step is 1 from z = 16.64 on, and not before', () => {
    const at = (z: number) => ask({ batch: { input: [z], target: [0] }, textbook: 'sigmoid-bce' });
    expect(at(16.63).born).toBe(undefined);
    expect(at(16.64).born!.step).toBe('log(1 − p)');
  });
  test.each([
    ['f32', 88.72, 88.73],
    ['f16', 11.08, 11.1],
    ['bf16', 88.5, 89],
  ] as const)('e^x in %s ends between %f and %f', (format, below, above) => {
    const at = (z: number) =>
      ask({ batch: { input: [[z, 0]], target: [0] }, textbook: 'softmax-log', format }).steps[0]!;
    expect(at(below).infinite).toBe(0);
    expect(at(above).infinite).toBe(1);
  });
  test('the clamp of 1e-18 is 0 in float16; its logarithm is −41.4465', () => {
    const { born } = ask(causes.find(({ id }) => id === 'float16-epsilon')!);
    expect(born!.value).toBe(-Infinity);
    expect(born!.exact).toMatch(/^-41\.44653167389282/);
  });
  test('what a mask passes on is no birth, but what happens beside it is', () => {
    const masked = { input: [[1, -Infinity, 2]], target: [2] };
    expect(ask({ batch: masked, textbook: 'log-softmax' }).born).toBe(undefined);
    const beside = { input: [[80, -Infinity, 88.5, 88.5]], target: [2] };
    expect(ask({ batch: beside, textbook: 'softmax-log' }).born!.step).toBe('s');
    const under = { input: [[0, -Infinity, -200]], target: [2] };
    const { born } = ask({ batch: under, textbook: 'shifted-softmax-log' });
    expect(born).toMatchObject({ step: 'l', place: '[0, 2]' });
  });
  test('a sum in float16 stalls at 2048: nothing is born, and it is the largest error', () => {
    const n = 2100;
    const batch = { input: Array(n).fill(1), target: Array(n).fill(0) };
    const { born, worst } = ask({ batch, textbook: 'mse', format: 'f16' });
    expect(born).toBe(undefined);
    expect(worst).toMatchObject({ step: 'Σ d²', value: 2048, exact: '2100' });
  });
});

describe('soundness', () => {
  test('every clause and operator is there', () => {
    for (const { op, instead, clauses } of textbooks) {
      for (const id of [op, ...(instead ? [instead] : [])]) expect(operators.has(id)).toBe(true);
      for (const id of Object.values(clauses)) expect([id, findClause(id)?.id]).toEqual([id, id]);
    }
  });
  test('ids are unique', () => {
    expect(new Set(textbooks.map(({ id }) => id)).size).toBe(textbooks.length);
    expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length);
  });
  /** Another function on purpose: what is added to or clamped in the operator. */
  const other = ['triplet', 'cosine', 'bce', 'sigmoid-clip-bce'];
  test.each(cured.filter(([, { textbook }]) => !other.includes(textbook)))(
    '%s, cured: the steps are exactly the operator',
    (_, posed) => {
      const { loss, instead } = ask(posed);
      if (instead) expect(loss.exact).toBe(instead.exact);
      else expect(questionOf(posed).textbook.from).toBe('probabilities');
    },
  );
  // Where no digits tell the slope from 0, it cancels.
  test.each(cured)('%s, cured: backward in float64 it is the exact slope', (_, posed) => {
    const { last } = runOf(questionOf(posed));
    const m = machineOf(float64);
    const slopes = backward(last, forward(last, m).values, m).values;
    for (const leaf of stepsOf(last).filter((step) => step.learns && !step.kernel))
      for (const [at, slope] of slopes.get(leaf)!.entries())
        expect(slope).toBeCloseTo(Number(exactSlope(last, [leaf, at]) ?? 0), 7);
  });
  test.each([float32, float16, bfloat16])('$name: functions are correctly rounded', (format) => {
    const m = machineOf(format);
    const nearest = (formula: () => Real) => certify('test', format, false, () => [formula()]);
    for (let i = -40; i <= 40; i++) {
      const x = m.round(i * 0.7310585786);
      const y = m.round(Math.abs(x) + 2 ** -12);
      expect(m.exp(x)).toBe(nearest(() => power(real(x)))[0]!.value);
      expect(m.log(y)).toBe(nearest(() => log(real(y)))[0]!.value);
      for (const k of [-0.5, 0.5, 1.5, 2, 3, -1])
        expect(m.power(y, k)).toBe(nearest(() => powerOf(real(y), k))[0]!.value);
    }
  });
  test('a power that is a tie is told from its neighbours by the oracle', () => {
    expect(machineOf(float16).power(15, 3)).toBe(3376);
  });
});

describe('the command', () => {
  const one = (...args: string[]) => touchstone(['nan', ...args]);
  const PASTED = ['--input', '[[120, 3, -5]]', '--target', '[1]'];

  test('in words', async () => {
    const { code, out } = await one(...PASTED);
    expect(code).toBe(1);
    expect(out).toContain('The first infinite number is born at e[0, 0] = exp(input)\n');
    expect(out).toContain('exact 1.3041808783936322797e+52');
    expect(out).toContain('do: cross-entropy of the logits');
    expect(out).toMatch(/CE-13: /);
    expect(out).toMatch(/log-softmax +117 +nothing is born/);
  });
  test('nothing is born: says so, and the largest error', async () => {
    const { code, out } = await one('--input', '[[2, 1, 0.1]]', '--target', '[0]');
    expect(code).toBe(0);
    expect(out).toContain('Nothing that is not finite is born here, forward or backward.');
    expect(out).toMatch(/largest error, 1\.67 ulp:\n {2}l\[0, 0\] +log\(p\) +-0\.41703/);
  });
  test('finite loss, gradient that is not', async () => {
    const { code, out } = await one(
      ...PASTED.slice(0, 0),
      '--input',
      '[[1, 0]]',
      '--target',
      '[0]',
      '--as',
      'where-log-nll',
    );
    expect(code).toBe(1);
    expect(out).toContain('The loss is finite; the first NaN is born in the gradient');
    expect(out).toContain('make its argument safe before');
  });
  test('what came in with the batch is shown as it was', async () => {
    const { code, out } = await one(
      '--input',
      '[70000]',
      '--target',
      '[0]',
      '--as',
      'mse',
      '--format',
      'f16',
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /came in with the batch: input\[0\]\n +input\[0\] +Infinity +exact 70000\n/,
    );
  });
  test('a class that is not there: the operator turns it down, and says why', async () => {
    const { out } = await one('--input', '[[1, 2, 3]]', '--target', '[3]');
    expect(out).toContain('refuses this batch');
    expect(out).toContain('CE-9: A class outside [0, C)');
  });
  test.each([
    ['BCELoss', 'logits', 'binary-cross-entropy of logits as sigmoid-bce'],
    ['BCEWithLogitsLoss', 'logits', 'binary-cross-entropy-with-logits of logits as softplus-bce'],
    ['binary-cross-entropy', 'probabilities', 'binary-cross-entropy of probabilities as bce'],
  ])('--op %s --from %s', async (op, from, title) => {
    const { out } = await one('--input', '[0.5]', '--target', '[1]', '--op', op, '--from', from);
    expect(out).toContain(title);
  });
  test.each([
    ['[0.25, 0.5]', '[0, 1]', 'binary-cross-entropy of probabilities'],
    ['[2, -3]', '[0, 1]', 'binary-cross-entropy of logits'],
    ['[[0.25, 0.75]]', '[1]', 'cross-entropy of probabilities'],
    ['[[-0.693147, -0.693147]]', '[1]', 'nll-loss of log-probabilities'],
    ['[[1, 2]]', '[[0.5, 0.5]]', 'cross-entropy of logits'],
    ['[[-0.693147, -0.693147]]', '[[0.5, 0.5]]', 'kl-div of log-probabilities'],
    ['[1, 2]', '[7, 9]', 'mse-loss of values'],
  ])('--input %s --target %s is taken for what it is', async (input, target, taken) => {
    const { err } = await one('--input', input, '--target', target);
    expect(err).toContain(`taken for ${taken}`);
  });
  test.each<readonly [readonly string[], string]>([
    [[], 'give a file, or --input and --target'],
    [['x.npz', ...PASTED], 'and not both'],
    [['absent.npz'], 'absent.npz: '],
    [['--input', '[[1, 2]]'], 'no loss fits input f32 [1,2]'],
    [['--input', '[[1, 2]]', '--op', 'cross-entropy'], 'target is missing; there is input'],
    [[...PASTED, '--op', 'crossentropie'], 'did you mean cross-entropy?'],
    [[...PASTED, '--op', 'ce', '--from', 'values'], '--from is values but should be one of logits'],
    [[...PASTED, '--as', 'softmax'], '--as is softmax; there is softmax-log'],
    [[...PASTED, '--format', 'f8'], '--format is f8 but should be one of f32, f16, bf16'],
    [[...PASTED, '--set', 'beta=1'], 'there is no parameter beta; there is reduction'],
    [[...PASTED, '--set', 'beta'], '--set is beta but should be name=value'],
    [[...PASTED, '--set', 'reduction=none'], 'should be one of mean, sum'],
    [[...PASTED, '--set', 'labelSmoothing=2'], 'should be a number from 0 to 1'],
    [[...PASTED, '--tensor', 'mask=[1]'], 'no input mask; there is input, target, weight'],
    [[...PASTED, '--tensor', 'weight=[1, 2]'], 'weight has shape [2] but should be [3]'],
    [
      ['--input', '[[1, 2]]', '--target', '[0.5]', '--op', 'ce'],
      'target is f32 but should be classes',
    ],
    [
      ['--input', '[[1, 2]]', '--target', '[0, 1]', '--op', 'ce'],
      'target has shape [2] but should be [1]',
    ],
    [
      ['--input', '[1, 2]', '--target', '[0.5]', '--op', 'bce'],
      'target has shape [1] but should be [2]',
    ],
    [['--input', '[1,', '--target', '[0]'], 'input is not JSON'],
  ])('%j: exit 2', async (args, said) => {
    const { code, out, err } = await one(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
  });
});
