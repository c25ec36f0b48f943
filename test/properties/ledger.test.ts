/**
 * No law of any operator is blind to a region that it must have looked at, with the questions that
 * `check` asks; and one that is made blind is told by name.
 */
import { readFileSync } from 'node:fs';
import type fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { planOf } from '../../conformance/plan.ts';
import { type Law, test as tested } from '../../properties/law.ts';
import { empty } from '../../properties/laws/empty.ts';
import { gradient } from '../../properties/laws/gradient.ts';
import { laws } from '../../properties/laws/index.ts';
import { reduction } from '../../properties/laws/reduction.ts';
import { specialRows } from '../../properties/laws/special-rows.ts';
import { value } from '../../properties/laws/value.ts';
import { ledgerOf, subjectFor } from '../../properties/ledger.ts';
import { reachOf } from '../../properties/reach.ts';
import { requiredOf } from '../../properties/required.ts';
import type { Question } from '../../properties/subject.ts';
import type { Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { touchstone } from '../conformance/terminal.ts';

const plan = planOf({ profile: 'quick', seed: '20260101', minGrade: 'C' });
const op = (id: string): Op => operators.get(id)!;

test.each([...operators])('%s: every required region has a case', (_, one) => {
  expect(requiredOf(one).length).toBeGreaterThan(20);
  expect(ledgerOf(one, laws, plan).missed).toEqual([]);
});

describe('a blind law is told by name', () => {
  /** What is missed when the questions of one law are other ones. */
  const missed = (id: string, blind: Law, change: (question: Question) => Question) => {
    const questions: Law['questions'] = (subject) => blind.questions(subject).map(change);
    const planted = laws.map((law) => (law === blind ? { ...blind, questions } : law));
    return ledgerOf(op(id), planted, plan).missed.map(({ law, region }) => `${law}: ${region}`);
  };
  const through =
    (f: (x: number) => number) =>
    (question: Question): Question => {
      const { input } = question.tensors;
      const data = Array.from(input!.data, f);
      return { ...question, tensors: { ...question.tensors, input: { ...input!, data } } };
    };

  test('to the right tail', () => {
    expect(
      missed(
        'sigmoid',
        value,
        through((x) => Math.min(x, 100)),
      ),
    ).toEqual(['value: x > 0, |x| < 2^64', 'value: x > 0, |x| ≥ 2^64']);
  });
  test('to subnormals', () => {
    const flushed = through((x) => (Math.abs(x) < 2 ** -126 ? 0 : x));
    expect(missed('tanh', gradient, flushed)).toEqual([
      'gradient: x < 0, |x| < 2^-126',
      'gradient: x > 0, |x| < 2^-126',
    ]);
  });
  test('to one side of a kink', () => {
    const sided = through((x) => (x >= 6 ? 5 : x));
    expect(missed('relu6', value, sided)).toContain('value: just above kink 2');
  });
  test('to −0', () => {
    const never = through((p) => p + 0);
    expect(missed('binary-cross-entropy', specialRows, never)).toEqual([
      'special rows: input = −0',
    ]);
  });
  test('to an empty batch', () => {
    const questions: Law['questions'] = (subject) =>
      (empty.questions(subject) as fc.Arbitrary<Question>).filter(
        ({ tensors }) => tensors.input!.data.length > 0,
      );
    const planted = laws.map((law) => (law === empty ? { ...empty, questions } : law));
    expect(ledgerOf(op('cross-entropy'), planted, plan).missed).toEqual([
      { law: 'empty', region: 'no terms' },
    ]);
  });
  test('to a pair of options', () => {
    const never = (question: Question): Question =>
      question.settings.reduction === 'sum'
        ? { ...question, tensors: { ...question.tensors, weight: undefined } }
        : question;
    expect(missed('mse-loss', reduction, never)).toEqual([
      'reduction: reduction sum, weight given',
    ]);
  });
  test('and one that does not run misses all', () => {
    const others = laws.filter((law) => law !== gradient);
    const due = requiredOf(op('softmax')).filter(({ law }) => law === 'gradient');
    expect(due.length).toBeGreaterThan(10);
    expect(ledgerOf(op('softmax'), others, plan).missed).toEqual(due);
  });
});

test('what is counted is what `check` asks', async () => {
  for (const law of [value, reduction, empty]) {
    const asked: Question[] = [];
    const answer: Law['answer'] = async (_, question) => {
      asked.push(question);
      return { faults: [], compared: 1 };
    };
    const subject = subjectFor(op('cross-entropy'), plan.seed);
    await tested({ ...law, answer }, subject, plan.runs);
    const counts = new Map<string, number>();
    for (const region of asked.flatMap((question) => reachOf(subject.op, question)))
      counts.set(region, (counts.get(region) ?? 0) + 1);
    const [entry] = ledgerOf(subject.op, [law], plan).entries;
    expect(entry).toEqual({
      law: law.name,
      questions: asked.length,
      reached: Object.fromEntries(counts),
    });
  }
});

describe('what a case reaches', () => {
  const reached = (id: string, tensors: Tensors, settings: object = {}) =>
    reachOf(op(id), { tensors, settings: settle(op(id), settings), want: ['out'] } as Question);
  const row = (...xs: readonly number[]) => tensor([xs.length], xs);

  test.each([
    [6, ['above kink 1', 'at kink 2']],
    [6 + 2 ** -21, ['above kink 1', 'above kink 2', 'just above kink 2']],
    [6 + 2 ** -18, ['above kink 1', 'above kink 2']],
    [-0, ['x = −0', 'at kink 1', 'below kink 2']],
    [-(2 ** -149), ['x < 0, |x| < 2^-126', 'just below kink 1']],
    [2 ** 7, ['x > 0, |x| < 2^64']],
    [NaN, ['x = NaN']],
  ])('an element %d of relu6', (x, regions) => {
    const found = reached('relu6', { input: row(x) });
    for (const region of regions) expect(found).toContain(region);
    if (x === 6 + 2 ** -18) expect(found).not.toContain('just above kink 2');
  });
  test.each([
    [[0, 105], 'a row with a gap > 104', true],
    [[0, 104], 'a row with a gap > 104', false],
    [[-Infinity, 105], 'a row with a gap > 104', false],
    [[1, 3, 3], 'ties for the largest of a row', true],
    [[1, 1, 3], 'ties for the largest of a row', false],
    [[1], 'C = 1', true],
    [[1, 2], 'C = 2', true],
    [[1, 2, 3], 'C > 2', true],
  ])('a row %j of softmax: %s', (xs, region, isReached) => {
    expect(reached('softmax', { input: row(...xs) }).includes(region)).toBe(isReached);
  });
  test('labels and weights of cross-entropy', () => {
    const of = (labels: readonly number[], weights: readonly number[]) =>
      reached(
        'cross-entropy',
        {
          input: tensor(
            [labels.length, 2],
            labels.flatMap(() => [0, 1]),
          ),
          target: tensor([labels.length], labels, 'i64'),
          weight: row(...weights),
        },
        { reduction: 'sum' },
      );
    expect(of([0, -100], [0, 1])).toEqual(
      expect.arrayContaining(['some ignored', 'some weight 0']),
    );
    expect(of([-100, -100], [0, 0])).toEqual(
      expect.arrayContaining(['all ignored', 'every weight 0', 'several terms']),
    );
    expect(of([], [1, 1])).toEqual(expect.arrayContaining(['no terms', 'N = 0']));
    expect(of([1], [1, 1])).toContain('reduction sum, target of classes');
    expect(of([7], [1, 1])).toEqual(['a case that is none']);
  });
});

describe('touchstone ledger', () => {
  test('prints the same twice, and it is the page in docs', async () => {
    const args = ['ledger', 'cross-entropy', '--markdown'];
    const once = await touchstone(args);
    expect(await touchstone(args)).toEqual(once);
    expect(once).toMatchObject({ code: 0, err: '' });
    const page = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8');
    expect(once.out, 'run: touchstone ledger cross-entropy --markdown > docs/ledger.md').toBe(page);
  });
  test('fails where a required region has no case', async () => {
    const { code, out, err } = await touchstone(['ledger', 'hardtanh', '--profile', 'smoke']);
    expect(code).toBe(1);
    expect(out).toMatch(/ 0! /);
    expect(err).toMatch(/^not reached: hardtanh: no question of \S+ reaches: /);
  });
  test('says in JSON what was reached and what was missed', async () => {
    const { code, out } = await touchstone(['ledger', 'relu', '--json']);
    const told = JSON.parse(out);
    expect(code).toBe(0);
    expect(told).toMatchObject({ profile: 'quick', op: 'relu', seed: 20260101, missed: [] });
    expect(told.entries[0]).toMatchObject({ law: 'value', questions: 80 });
  });
  test.each([
    [['crossentropy'], 'did you mean cross-entropy?'],
    [['relu', '--profile', 'slow'], 'ledger: --profile slow should be one of'],
    [['relu', '--seed', 'x'], 'ledger: --seed x should be an integer'],
  ])('%j is refused', async (args, says) => {
    const { code, err } = await touchstone(['ledger', ...args]);
    expect(err).toContain(says);
    expect(code).toBe(2);
  });
});
