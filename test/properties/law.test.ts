/**
 * # How a law is tested, and how an answer is judged
 *
 * The same questions whenever asked, one finding for each kind of fault, nothing passed that was not
 * compared; and one way of judging answers for each way of going blind, told from the real one.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { subjectOf } from '../../conformance/run.ts';
import type { Candidate, Hello, Payload, Reply } from '../../properties/candidate.ts';
import { test as inspect, type Law, type Outcome } from '../../properties/law.ts';
import { judged } from '../../properties/laws/judgement.ts';
import { judgeReply, type Question, requestOf, type Subject } from '../../properties/subject.ts';
import { isAtLeast } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import { real as exact } from '../../spec/real.ts';
import { tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

const hello: Hello = {
  protocol: 1,
  impl: { name: 'stub', version: '1', language: 'TypeScript' },
  dtypes: ['f32'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: { relu: { grad: ['input'] } },
};
const answering = (reply: Reply): Subject => {
  const candidate: Candidate = { hello: () => hello, run: () => reply };
  const plan = { seed, minGrade: 'C' } as const;
  return subjectOf(candidate, hello, operators.get('relu')!, plan)!;
};
const nobody = answering({});

// Drawing, counting, shrinking -------------------------------------------------------------------

/** A law about whole numbers: what `faults` says of them. */
const about = (outcome: (n: number) => Partial<Outcome>, more: Partial<Law<number>> = {}) => {
  const asked: number[] = [];
  const law: Law<number> = {
    ...{ name: 'stub', says: 'stub', appliesTo: () => true },
    questions: () => fc.nat(1000),
    answer: async (_, n) => {
      asked.push(n);
      return { faults: [], compared: 1, ...outcome(n) };
    },
    witness: (n) => ({ tensors: { input: tensor([1], [n]) }, settings: {}, want: ['out'] }),
    ...more,
  };
  return { law, asked };
};
const fault = (name: string) => ({ name, says: name });

describe('testing a law', () => {
  test('asks as often as it should, the same whenever asked', async () => {
    const [a, b] = [about(() => ({})), about(() => ({}))];
    const result = await inspect(a.law, nobody, 40);
    await inspect(b.law, nobody, 40);
    expect(a.asked).toEqual(b.asked);
    expect(new Set(a.asked).size).toBeGreaterThan(20);
    expect(result).toMatchObject({ status: 'pass', questions: 40, compared: 40, findings: [] });
    const other = about(() => ({}));
    await inspect(other.law, { ...nobody, seed: seed ^ 1 }, 40);
    expect(other.asked).not.toEqual(a.asked);
  });
  test('more or less often by its effort, at least once', async () => {
    const count = async (effort: number, runs: number) =>
      (await inspect(about(() => ({}), { effort }).law, nobody, runs)).questions;
    expect([await count(2, 10), await count(0.25, 10), await count(0.01, 10)]).toEqual([20, 3, 1]);
  });
  test('one finding for each kind of fault, each shrunk by itself', async () => {
    const { law } = about((n) => ({
      faults: [...(n >= 100 ? [fault('large')] : []), ...(n >= 600 ? [fault('huge')] : [])],
    }));
    const { status, findings } = await inspect(law, nobody, 100);
    const shown = findings.map((f) => [f.name, f.question.tensors.input!.data[0]]);
    expect(status).toBe('fail');
    expect(shown.sort()).toEqual([
      ['huge', 600],
      ['large', 100],
    ]);
  });
  test('a fault is not lost among others on the way down', async () => {
    const { law } = about((n) => ({ faults: n > 500 ? [fault('a')] : n > 0 ? [fault('b')] : [] }));
    const { findings } = await inspect(law, nobody, 100);
    expect(findings.map((f) => [f.name, f.question.tensors.input!.data[0]]).sort()).toEqual([
      ['a', 501],
      ['b', 1],
    ]);
  });
  test('what was never compared is not passed', async () => {
    const skipping = await inspect(about(() => ({ compared: 0, skipped: 'no' })).law, nobody, 10);
    expect(skipping).toMatchObject({ status: 'unsupported', compared: 0, reasons: ['no'] });
    expect(skipping.skipped).toBe(skipping.questions);
    const undecided = about(() => ({ compared: 0, isUndecided: true }));
    const result = await inspect(undecided.law, nobody, 10);
    expect(result.status).toBe('unsupported');
    expect(result.undecided).toBe(result.questions);
  });
  test('more questions where few are answered, but not for ever', async () => {
    const rare = about((n) => ({ compared: n % 4 === 0 ? 1 : 0 }));
    const result = await inspect(rare.law, nobody, 40);
    expect(result.compared).toBeGreaterThanOrEqual(20);
    expect(result.questions).toBeLessThanOrEqual(240);
    expect((await inspect(about(() => ({ compared: 0 })).law, nobody, 10)).questions).toBe(60);
  });
  test('a mistake of ours in a law is not swallowed', async () => {
    const broken = about(() => {
      throw new ReferenceError('x is not defined');
    });
    await expect(inspect(broken.law, nobody, 10)).rejects.toThrow(ReferenceError);
  });
  test('grades by region: the worst grade, the largest error, the count', async () => {
    const { law } = about((n) => ({
      grades: [
        { of: 'value', region: 'r', grade: n % 3 === 1 ? 'C' : 'S', ulps: n % 3 },
        { of: 'gradient', region: 'r', grade: 'A', ulps: 0.5 },
      ],
    }));
    const { grades } = await inspect(law, nobody, 60);
    expect(grades).toEqual({
      value: { r: { grade: 'C', ulps: 2, count: 60 } },
      gradient: { r: { grade: 'A', ulps: 0.5, count: 60 } },
    });
  });
});

// Judging an answer ------------------------------------------------------------------------------

const question: Question = {
  tensors: { input: tensor([4], [1, 2, -3, 0.5]) },
  settings: {},
  want: ['out', 'grad:input'],
};
const f32 = (shape: readonly number[], ...data: number[]): Payload => ({
  dtype: 'f32',
  ...{ shape, data: Float32Array.from(data) },
});
const ulp = 2 ** -23;
const out = f32([4], 1, 2, 0, 0.5);
const slope = f32([4], 1, 1, 0, 1);
const good: Reply = { out, 'grad:input': slope };

/** Answers to that question, and the names of the faults that are due. */
const replies: readonly (readonly [what: string, reply: Reply, due: readonly string[]])[] = [
  ['right', good, []],
  ['four ulp off', { ...good, out: f32([4], 1 + 4 * ulp, 2, 0, 0.5) }, []],
  [
    'every element four ulp off',
    { ...good, out: f32([4], 1 + 4 * ulp, 2 + 8 * ulp, 0, 0.5 + 2 * ulp) },
    [],
  ],
  ['five ulp off', { ...good, out: f32([4], 1 + 5 * ulp, 2, 0, 0.5) }, ['size']],
  ['five ulp off at the end', { ...good, out: f32([4], 1, 2, 0, 0.5 + 2.5 * ulp) }, ['size']],
  ['nine ulp off at the end', { ...good, out: f32([4], 1, 2, 0, 0.5 + 4.5 * ulp) }, ['size']],
  [
    'off in both directions',
    { ...good, out: f32([4], 1 + 8 * ulp, 2 - 16 * ulp, 0, 0.5) },
    ['size'],
  ],
  ['NaN', { ...good, out: f32([4], NaN, 2, 0, 0.5) }, ['nan']],
  ['∞', { ...good, out: f32([4], 1, 2, 0, Infinity) }, ['infinite']],
  ['0', { ...good, out: f32([4], 1, 2, 0, 0) }, ['zero']],
  ['two faults', { ...good, out: f32([4], NaN, 2, 0, 0) }, ['nan', 'zero']],
  ['wrong gradient', { ...good, 'grad:input': f32([4], 1, 1, 1, 1) }, ['grad:input size']],
  [
    'result and gradient wrong',
    { out: f32([4], 2, 2, 0, 0.5), 'grad:input': f32([4], NaN, 1, 0, 1) },
    ['grad:input nan', 'size'],
  ],
  ['too few elements', { ...good, out: { ...out, data: Float32Array.of(1, 2, 0) } }, ['malformed']],
  [
    'too many elements',
    { ...good, out: { ...out, data: Float32Array.of(1, 2, 0, 0.5, 7) } },
    ['malformed'],
  ],
  ['no elements', { ...good, out: { ...out, data: new Float32Array() } }, ['malformed']],
  ['another shape of the same size', { ...good, out: { ...out, shape: [2, 2] } }, ['malformed']],
  ['a shape of one more axis', { ...good, out: { ...out, shape: [4, 1] } }, ['malformed']],
  ['too few, with a shape that fits', { ...good, out: f32([3], 1, 2, 0) }, ['malformed']],
  [
    'whole numbers',
    { ...good, out: { dtype: 'i32', shape: [4], data: Int32Array.of(1, 2, 0, 1) } },
    ['malformed'],
  ],
  ['no result', { 'grad:input': slope }, ['malformed']],
  ['no gradient', { out }, ['malformed']],
  ['nothing', {}, ['malformed']],
  ['a refusal', { error: { kind: 'invalid_input', message: 'relu: no' } }, ['refused']],
  ['a crash', { error: { kind: 'internal', message: 'no' } }, ['refused']],
  [
    'a refusal beside a result',
    { ...good, error: { kind: 'invalid_input', message: 'relu: no' } },
    ['refused'],
  ],
];

/** Names of faults, in order; and how many numbers were compared. */
type JudgeAnswer = (subject: Subject, reply: Reply) => Promise<Outcome>;
const names = ({ faults }: Outcome) => faults.map((f) => f.name).sort();
const real: JudgeAnswer = (subject) => judged(subject, question);

describe('judging an answer', () => {
  test.each(replies)('%s', async (_, reply, due) => {
    const outcome = await real(answering(reply), reply);
    expect(names(outcome)).toEqual(due);
    expect(outcome.compared).toBe(due[0] === 'malformed' || due[0] === 'refused' ? 1 : 8);
  });
  test('an exception is an answer', async () => {
    const candidate: Candidate = {
      hello: () => hello,
      run: () => {
        throw new TypeError('oops');
      },
    };
    const { faults } = await judged({ ...nobody, candidate }, question);
    expect(faults).toMatchObject([{ name: 'refused' }]);
    expect(faults[0]!.says).toContain('oops');
  });
  test('what is not offered is skipped and counts for nothing', async () => {
    for (const reply of [
      { skip: { reason: 'later' } },
      { error: { kind: 'unsupported', message: 'later' } },
    ] as const)
      expect(await judged(answering(reply), question)).toEqual({
        ...{ faults: [], compared: 0, skipped: 'later' },
      });
  });
  test('what the oracle cannot tell is undecided, and counts for nothing', async () => {
    // A tie that no number of digits settles, as √2² − 2 is exactly 0.
    const hiddenZero = () => exact(2).sqrt().squared().minus(2);
    const op = { ...nobody.op, f: () => hiddenZero().plus(1 + 2 ** -24) } as Op;
    expect(await judged({ ...answering(good), op }, question)).toEqual({
      ...{ faults: [], compared: 0, isUndecided: true },
    });
  });
  test('a sum of logits that only many digits tell apart has its allowance', async () => {
    // Two equal logits of 4 + 2⁻¹⁴⁰, and slopes of which the first is exactly 0.
    const reply = { 'grad:input': f32([2], 2 ** -52, 0.6214495301246643) };
    const close: Question = {
      tensors: {
        input: tensor([2], [1, -(2 ** -142)]),
        headWeight: tensor([1, 2], [4, 0]),
        clusterWeight: tensor([2, 2], [4, -4, 4, -4]),
        tailProject: tensor([2, 1, 2], [1, 2, 0, -1]),
        tailWeight: tensor([1, 1], [1]),
        headBias: tensor([1], [-1]),
        cluster: tensor([1], [1], 'i64'),
        target: tensor([], [1], 'i64'),
      },
      ...{ settings: {}, want: ['grad:input'] },
    };
    const op = operators.get('adaptive-log-softmax-with-loss')!;
    const judgement = judgeReply({ ...answering(reply), op }, close, reply);
    expect(judgement).toMatchObject({ numbers: [{ verdict: { grade: 'B' } }, {}] });
  });
  test('promises are held against a candidate where they are stricter than the gate', async () => {
    const reply = { ...good, out: f32([4], 1 + ulp, 2, 0, 0.5) };
    const promising = (value: 'S' | 'E') => {
      const promises = { value, gradient: value } as const;
      const said: Hello = { ...hello, ops: { relu: { grad: ['input'], promises } } };
      const candidate: Candidate = { hello: () => said, run: () => reply };
      return subjectOf(candidate, said, operators.get('relu')!, { seed, minGrade: 'C' })!;
    };
    expect(names(await judged(promising('S'), question))).toEqual(['size']);
    expect(names(await judged(promising('E'), question))).toEqual([]);
    const loose = { ...good, out: f32([4], 1 + 5 * ulp, 2, 0, 0.5) };
    const subject = { ...promising('E'), candidate: answering(loose).candidate };
    expect(names(await judged(subject, question))).toEqual(['size']);
  });
  test('what the candidate is sent', () => {
    const { op, params, in: inputs, want, grad_out } = requestOf(nobody.op, question);
    expect([op, params, want, grad_out]).toEqual(['relu', {}, ['out', 'grad:input'], null]);
    expect(inputs).toEqual({ input: f32([4], 1, 2, -3, 0.5) });
  });
});

// Blind ways of judging --------------------------------------------------------------------------

const passing: Outcome = { faults: [], compared: 8 };
const failing: Outcome = { faults: [{ name: 'size', says: '' }], compared: 8 };

/** What came, with whatever is missing taken from the right answer. */
const completed = ({ out: o, 'grad:input': g }: Reply): Reply => {
  const full = (came: Payload | undefined, due: Payload): Payload => {
    const data = Array.from(due.data as Float32Array, (y, i) => Number(came?.data[i] ?? y));
    return f32(due.shape, ...data);
  };
  return { out: full(o, out), 'grad:input': full(g, slope) };
};
const instead =
  (change: (reply: Reply) => Reply): JudgeAnswer =>
  (_, reply) =>
    judged(answering(change(reply)), question);
const errorsOf = (subject: Subject, reply: Reply): readonly number[] => {
  const judgement = judgeReply(subject, question, reply);
  return judgement.status === 'judged' ? judgement.numbers.map((n) => n.verdict.ulps) : [Infinity];
};
const onErrors =
  (isGood: (ulps: readonly number[]) => boolean): JudgeAnswer =>
  async (subject, reply) =>
    isGood(errorsOf(subject, reply)) ? passing : failing;

const blind: { readonly [what: string]: JudgeAnswer } = {
  'compares as many elements as came': instead(completed),
  'compares as many elements as are due': instead((reply) => {
    const { out: o, ...rest } = reply;
    return o ? { ...rest, out: { ...o, data: o.data.slice(0, 4) as Float32Array } } : reply;
  }),
  'compares the first element alone': onErrors(([first]) => first! <= 4),
  'compares the last element alone': onErrors((ulps) => ulps.at(-1)! <= 4),
  'compares the result alone': onErrors((ulps) => ulps.slice(0, 4).every((e) => e <= 4)),
  'allows every element a little more than the one before': onErrors((ulps) =>
    ulps.every((e, i) => e <= 4 * (i + 1)),
  ),
  'allows the average': onErrors((u) => u.reduce((a, b) => a + b, 0) / u.length <= 4),
  'allows the sum': onErrors((ulps) => ulps.reduce((a, b) => a + b, 0) <= 4),
  'looks for what is too far, which NaN is not': onErrors((ulps) =>
    ulps.map((e) => (e === Infinity ? NaN : e)).every((e) => !(e > 4)),
  ),
  'does not look at shapes': instead((reply) =>
    reply.out?.data.length === 4 ? { ...reply, out: { ...reply.out, shape: [4] } } : reply,
  ),
  'does not look at dtypes': instead((reply) =>
    reply.out
      ? { ...reply, out: f32(reply.out.shape, ...Array.from(reply.out.data, Number)) }
      : reply,
  ),
  'takes no answer for a right one': async (subject, reply) =>
    Object.keys(reply).length === 0 ? passing : real(subject, reply),
  'takes a refusal for a pass': async (subject, reply) =>
    reply.error ? passing : real(subject, reply),
  'takes a result in spite of a refusal': instead(({ error, ...rest }) =>
    rest.out ? rest : { error: error! },
  ),
  'swallows what is malformed': async (subject, reply) => {
    const outcome = await real(subject, reply);
    return names(outcome).includes('malformed') ? passing : outcome;
  },
  'says nothing of what it compared': async (subject, reply) => ({
    ...(await real(subject, reply)),
    compared: 0,
  }),
  'finds one fault at a time': async (subject, reply) => {
    const outcome = await real(subject, reply);
    return { ...outcome, faults: outcome.faults.slice(0, 1) };
  },
  'has a gate of its own': async (subject, reply) => {
    const judgement = judgeReply(subject, question, reply);
    if (judgement.status !== 'judged') return real(subject, reply);
    const isGood = judgement.numbers.every((n) => isAtLeast(n.verdict.grade, 'E'));
    return isGood ? passing : real(subject, reply);
  },
};

describe('ways of judging that are blind', () => {
  const agrees = async (by: JudgeAnswer) => {
    for (const [, reply, due] of replies) {
      const outcome = await by(answering(reply), reply);
      const [first] = due;
      const compared = first === 'malformed' || first === 'refused' ? 1 : 8;
      if (String(names(outcome)) !== String(due) || outcome.compared !== compared) return false;
    }
    return true;
  };
  test('the real one is not', async () => expect(await agrees(real)).toBe(true));
  test.each(Object.entries(blind))('%s', async (_, by) => expect(await agrees(by)).toBe(false));
});
