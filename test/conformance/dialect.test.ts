/** Dialects: what they excuse and what they do not, and which one a candidate speaks. */
import { expect, test } from 'vitest';
import { infer, parseDialect } from '../../conformance/dialect.ts';
import { planOf } from '../../conformance/plan.ts';
import { differentiable, reference } from '../../conformance/reference.ts';
import { dialectText } from '../../conformance/report/dialect.ts';
import { jsonl } from '../../conformance/report/jsonl.ts';
import { everyLaw, subjectOf } from '../../conformance/run.ts';
import { verdictOf } from '../../conformance/verdict.ts';
import type { Candidate, Hello, Reply, Request, Wanted } from '../../properties/candidate.ts';
import { type LawResult, test as testLaw } from '../../properties/law.ts';
import { formatOf, toPayload, toTensor } from '../../properties/payload.ts';
import { type Dialect, inDialect } from '../../spec/dialect.ts';
import { log, log1p, max, type Real, real } from '../../spec/functions.ts';
import * as spec from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Elementwise, Op } from '../../spec/op.ts';
import { gradientsOf, valuesOf } from '../../spec/oracle/index.ts';

const operators: ReadonlyMap<string, Op> = new Map(
  Object.values(spec as unknown as { [name: string]: Op }).map((op) => [op.id, op]),
);

/** The reference, by operators that may be others for each tensor of the answer. */
function answering(ids: readonly string[], opFor: (op: Op, want: Wanted) => Op): Candidate {
  const ops = ids.map((id) => [id, { grad: differentiable(operators.get(id)!) }]);
  const hello = async (): Promise<Hello> => ({
    ...(await reference.hello()),
    impl: { name: 'planted', version: '1', language: 'TypeScript' },
    ops: Object.fromEntries(ops),
  });
  const run = async (request: Request): Promise<Reply> => {
    try {
      const answers = request.want.map((want) => [want, answerTo(request, want, opFor)]);
      return Object.fromEntries(answers);
    } catch {
      return reference.run(request);
    }
  };
  return { hello, run };
}

function answerTo(request: Request, want: Wanted, opFor: (op: Op, want: Wanted) => Op) {
  const tensors = Object.fromEntries(
    Object.entries(request.in).map(([name, t]) => [name, toTensor(t)]),
  );
  const lifted = lift(opFor(operators.get(request.op)!, want), tensors, request.params);
  const cotangent = request.grad_out ? toTensor(request.grad_out) : undefined;
  const of = want === 'out' ? Object.keys(lifted.op.inputs)[0]! : want.slice('grad:'.length);
  const { dtype, shape } = tensors[of]!;
  const format = formatOf(dtype)!;
  const cells =
    want === 'out' ? valuesOf(lifted, format) : gradientsOf(lifted, of, cotangent, format);
  const data = cells.map(({ value }) => value);
  return toPayload({ dtype, shape: want === 'out' ? lifted.shape : shape, data });
}

const speaking = (dialect: Dialect, ids: readonly string[] = [...operators.keys()]): Candidate =>
  answering(ids, (op, want) => inDialect(op, dialect, want));

/** In the dialect of PyTorch, and by the definition. */
const both = async (candidate: Candidate, op: string) =>
  [await judged(candidate, op, 'pytorch'), await judged(candidate, op, 'spec')] as const;

/** Everyday laws of one operator; all of them if none is named. */
async function judged(
  candidate: Candidate,
  id: string,
  dialect?: string,
  names: readonly string[] = ['value', 'gradient', 'reduction', 'edges', 'special rows'],
  runs = 10,
) {
  const asked = dialect === undefined ? {} : { dialect };
  const plan = planOf({ op: id, profile: 'smoke', seed: '1', minGrade: 'S', ...asked });
  const hello = await candidate.hello();
  const subject = subjectOf(candidate, hello, operators.get(id)!, plan)!;
  const results: LawResult[] = [];
  for (const law of everyLaw)
    if (names.includes(law.name) && law.appliesTo(subject.op))
      results.push(await testLaw(law, subject, runs));
  const faults = results.flatMap(({ law, findings }) => findings.map((f) => `${law}/${f.name}`));
  const excused = results.flatMap(({ dialects = [] }) => dialects.map(({ name }) => name));
  const verdict = verdictOf(results, []);
  const text = dialectText({ suite: '1', hello, plan, results, standings: [], verdict });
  return { faults, excused: [...new Set(excused)], verdict, text };
}

// What is excused --------------------------------------------------------------------------------

const bce = spec.binaryCrossEntropy;
interface Row {
  readonly input: Real;
  readonly target: Real;
  readonly weight: Real;
}

/** Binary cross-entropy whose value has this clamp, and whose gradient has this floor. */
const clamped = (clamp: number, floor: number): Candidate =>
  answering([bce.id], (op) => {
    const term = ({ input: x, target: y, weight: w }: Row) => {
      const [yes, no] = [max(log(x), clamp).neg(), max(log1p(x.neg()), clamp).neg()];
      return { value: w.times(y.times(yes).plus(real(1).minus(y).times(no))), weight: real(1) };
    };
    const input = ({ input: x, target: y, weight: w }: Row) => {
      const below = x.times(real(1).minus(x));
      return [[w.times(x.minus(y)).div(max(below, floor))]];
    };
    return { ...op, term, derivative: { ...bce.derivative, input }, stated: ['input'] } as Op;
  });
const FLOOR = Math.fround(1e-12);

test('a clamped gradient like that of PyTorch is a dialect there, and a failure by the definition', async () => {
  const [theirs, ours] = await both(clamped(-100, FLOOR), bce.id);
  expect(theirs.faults).toEqual([]);
  expect(theirs.excused).toContain('gradient where a logarithm is clamped');
  expect(theirs.verdict.exitCode).toBe(0);
  expect(theirs.text).toContain('binary-cross-entropy/gradient');
  expect(theirs.text).toMatch(/in force +pytorch/);
  expect(ours.faults).toContain('gradient/grad:input size');
  expect(ours.excused).toEqual([]);
  expect(ours.verdict.exitCode).toBe(1);
});
test('another clamp, another floor and another value are failures in both', async () => {
  for (const [candidate, fault] of [
    [clamped(-50, FLOOR), 'reduction/size'],
    [clamped(-100, 1e-9), 'gradient/grad:input size'],
  ] as const)
    for (const { faults, verdict } of await both(candidate, bce.id)) {
      expect(faults).toContain(fault);
      expect(verdict.exitCode).toBe(1);
    }
});
test('a dialect excuses its own differences only', async () => {
  const isOff: Candidate = answering(['silu'], (op) => ({
    ...(op as Elementwise),
    edges: () => ({ negInf: NaN, negZero: -0, posZero: 0, posInf: 1, nan: NaN }),
  }));
  const [theirs, ours] = [
    await judged(isOff, 'silu', 'pytorch', ['edges'], 40),
    await judged(isOff, 'silu', 'spec', ['edges'], 40),
  ];
  expect(theirs.faults).toEqual(['edges/infinite']);
  expect(theirs.excused).toEqual(['x = −∞']);
  expect(ours.faults.toSorted()).toEqual(['edges/infinite', 'edges/nan']);
});
test('where a dialect differs, a third answer is a failure', async () => {
  const third: Candidate = answering(['silu'], (op) => ({
    ...(op as Elementwise),
    edges: () => ({ negInf: 1, negZero: -0, posZero: 0, posInf: Infinity, nan: NaN }),
  }));
  const { faults, excused } = await judged(third, 'silu', 'pytorch', ['edges'], 40);
  expect(faults).toEqual(['edges/size']);
  expect(excused).toEqual([]);
});

test('the dialect in force is what is asked for, or else what the candidate says', async () => {
  const pytorch = { framework: 'pytorch' } as const;
  const plain = speaking(pytorch, ['silu']);
  const says: Candidate = {
    ...plain,
    hello: async () => ({ ...(await plain.hello()), dialect: 'pytorch@2.13' }),
  };
  expect((await judged(plain, 'silu')).faults).not.toEqual([]);
  expect((await judged(says, 'silu')).faults).toEqual([]);
  expect((await judged(says, 'silu', 'spec')).faults).not.toEqual([]);
  expect((await judged(says, 'silu', 'keras')).faults).not.toEqual([]);
});
test('a version has differences of its own', async () => {
  const newer = speaking({ framework: 'pytorch', version: '2.14' }, ['margin-ranking-loss']);
  const [then, now] = [
    await judged(newer, 'margin-ranking-loss', 'pytorch@2.13'),
    await judged(newer, 'margin-ranking-loss', 'pytorch@2.14.1'),
  ];
  expect(then.faults).not.toEqual([]);
  expect(then.excused).not.toContain('the gradient where the margin is just kept');
  expect(now.faults).toEqual([]);
  expect(now.excused).toContain('the gradient where the margin is just kept');
});
test('unknown dialects are named', () => {
  for (const name of ['torch', 'pytorch@new', 'pytorch@', 'spec@1', '', 'toString'])
    expect(() => parseDialect(name, '--dialect')).toThrow(
      `--dialect ${name} should be one of spec, pytorch, onnx, jax, keras, tfjs, tinygrad`,
    );
  expect(() =>
    planOf({ op: 'silu', profile: 'smoke', seed: '1', minGrade: 'C', dialect: 'torch' }),
  ).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(parseDialect('spec', '')).toBeUndefined();
  expect(parseDialect('jax@0.7', '')).toEqual({ framework: 'jax', version: '0.7' });
});

// Controls ---------------------------------------------------------------------------------------

/** Operators with differences in values, in gradients, in rows and in terms. */
const SOME = ['softsign', 'hardshrink', 'prelu', 'nll-loss', 'kl-div', 'ctc-loss', 'leaky-relu'];

test.each(['pytorch', 'onnx', 'jax'] as const)(
  'the oracle in the dialect %s has no fault there, and what is excused are its differences',
  async (framework) => {
    const candidate = speaking({ framework }, SOME);
    for (const id of SOME) {
      const { faults, excused } = await judged(
        candidate,
        id,
        framework,
        everyLaw.map((l) => l.name),
      );
      expect(faults, id).toEqual([]);
      const known = (operators.get(id)!.dialects[framework]?.differs ?? []).map((d) => d.where);
      for (const name of excused.flatMap((one) => one.split('; '))) expect(known).toContain(name);
    }
  },
);

// Which one is spoken ----------------------------------------------------------------------------

test.each(['spec', 'pytorch', 'onnx', 'jax', 'keras'])('the oracle speaks %s', async (name) => {
  const dialect = parseDialect(name, '');
  const candidate = dialect ? speaking(dialect) : reference;
  const hello = await candidate.hello();
  const found = await infer(candidate, hello, [...operators.values()]);
  expect(found.nearest).toBe(name);
  expect(found.asked).toBeGreaterThan(50);
  expect(found.like[name]).toBeGreaterThan(Math.max(...others(found.like, name)));
  expect(found.like[name]! + found.deviations.length).toBe(found.asked);
  if (!dialect) expect(found.deviations).toEqual([]);
});
const others = (like: { readonly [name: string]: number }, own: string): readonly number[] =>
  Object.entries(like).flatMap(([name, count]) => (name === own ? [] : [count]));

test('who deviates in one operator is told so', async () => {
  const pytorch = { framework: 'pytorch' } as const;
  const candidate = answering(['silu', 'mish', 'softsign'], (op, want) =>
    op.id === 'mish' ? op : inDialect(op, pytorch, want),
  );
  const ops = ['silu', 'mish', 'softsign'].map((id) => operators.get(id)!);
  const found = await infer(candidate, await candidate.hello(), ops);
  expect(found.nearest).toBe('pytorch');
  expect(found.deviations).toContainEqual({
    ...{ op: 'mish', where: 'x = −∞', want: 'out', got: -0, due: NaN },
  });
  expect(found.byOperator.mish!.nearest).toBe('spec');
  expect(found.byOperator.softsign!.nearest).toBe('pytorch');
});
test('the report says what is in force, what is spoken, and who deviates', async () => {
  const ids = ['silu', 'softsign'];
  const candidate = speaking({ framework: 'pytorch' }, ids);
  const hello = { ...(await candidate.hello()), dialect: 'keras' };
  const plan = planOf({ op: 's*', profile: 'smoke', seed: '1', minGrade: 'C' });
  const inferred = await infer(
    candidate,
    hello,
    ids.map((id) => operators.get(id)!),
  );
  const run = {
    suite: '1',
    hello,
    plan,
    results: [],
    standings: [],
    verdict: verdictOf([], []),
    inferred,
  };
  expect(dialectText(run)).toMatch(/in force +keras +as the candidate says/);
  expect(dialectText(run)).toMatch(/answers like +pytorch +in \d+ of \d+ .*; like spec in \d/);
  const { dialect } = JSON.parse(jsonl(run).split('\n')[0]!);
  const footer = JSON.parse(jsonl(run).trimEnd().split('\n').at(-1)!);
  expect(dialect).toBe('keras');
  expect(footer.inferred).toMatchObject({ nearest: 'pytorch', byOperator: { silu: {} } });
});
test('what does not answer is not counted', async () => {
  const silent: Candidate = {
    hello: () => reference.hello(),
    run: () => {
      throw new Error('no');
    },
  };
  const found = await infer(silent, await silent.hello(), [operators.get('silu')!]);
  expect(found).toMatchObject({ asked: 0, nearest: 'spec', deviations: [] });
});
