/** Every operator and its inputs: those that have gradients, and that what is missing or wrong is named. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { floats } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import type { Grade } from '../../spec/grade.ts';
import { isDifferentiable, isOptional } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import * as src from '../../src/index.ts';

type Given = { readonly [name: string]: { data: unknown; shape: readonly number[] } };
interface Fast {
  (given: Given, params: object): unknown;
  readonly differentiable: readonly string[];
  readonly accuracy: { readonly value: Grade; readonly gradient: Grade };
}

const fast = new Map(
  Object.values(src).flatMap((op) =>
    'id' in op ? [[op.id as string, op as unknown as Fast]] : [],
  ),
);

const drawnFor = (op: Op): readonly Case[] =>
  fc.sample(cases(op, floats(), { elements: 4, axis: 3 }), { seed: 1, numRuns: 60 });
/** The first case in which the input is there. */
const caseWith = (op: Op, name: string): Case => drawnFor(op).find(({ tensors }) => tensors[name])!;
const givenIn = ({ tensors }: Case): Given =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => {
      if (!t) return [];
      const data = t.dtype === 'f32' ? Float32Array.from(t.data) : Int32Array.from(t.data);
      return [[name, { data, shape: t.shape }]];
    }),
  );

describe.each([...operators.values()].map((op) => [op.id, op] as const))('%s', (id, op) => {
  const { differentiable, accuracy } = fast.get(id)!;
  test('has the gradients of its definition', () => {
    const due = Object.keys(op.inputs).filter((name) => isDifferentiable(op.inputs[name]!));
    expect([...differentiable].sort()).toEqual(due.sort());
  });
  test('promises more than what passes anyway', () => {
    const grades = [accuracy.value, accuracy.gradient];
    const due = op.kind === 'elementwise' ? ['S'] : ['S', 'A', 'B'];
    expect(due).toEqual(expect.arrayContaining(grades));
  });
  test('has the defaults of its definition', () => {
    const standard = settle(op as Op, {});
    const answered = drawnFor(op)
      .slice(0, 20)
      .filter((drawn) => {
        let due: unknown;
        try {
          due = fast.get(id)!(givenIn(drawn), standard);
        } catch {
          return false;
        }
        expect(fast.get(id)!(givenIn(drawn), {})).toEqual(due);
        return true;
      });
    expect(answered.length).toBeGreaterThan(0);
  });
});

const inputs = [...operators.values()].flatMap((op) =>
  Object.entries(op.inputs).map(([name, input]) => [op.id, name, isOptional(input), op] as const),
);

describe.each(inputs)('%s: %s', (id, name, canBeAbsent, op) => {
  const drawn = caseWith(op, name);
  const call = (more: object) => () => {
    const given = { ...givenIn(drawn), ...more };
    const there = Object.entries(given).filter(([, tensor]) => tensor !== undefined);
    return fast.get(id)!(Object.fromEntries(there), drawn.settings);
  };
  test('is taken as it is', () => expect(call({})).not.toThrow());
  test(canBeAbsent ? 'may be absent' : 'has to be there', () => {
    const missing = call({ [name]: undefined });
    if (canBeAbsent) expect(missing).not.toThrow();
    else expect(missing).toThrow(new TypeError(`${id}: ${name} is missing`));
  });
  test('is of its kind', () => {
    const { shape } = givenIn(drawn)[name]!;
    expect(call({ [name]: { data: {}, shape } })).toThrow(`${id}: ${name} holds Object but should`);
  });
  test('has as many elements as its shape', () => {
    const { data, shape } = givenIn(drawn)[name]!;
    const short = { data: (data as Float32Array).slice(0, 0), shape: [...shape, 1] };
    const size = shape.reduce((a, b) => a * b, 1);
    if (size > 0) expect(call({ [name]: short })).toThrow(`${id}: ${name} holds 0 elements`);
  });
});
