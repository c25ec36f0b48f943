/**
 * Real implementations break where options meet: as many questions on exact data as `check` asks of
 * a loss have every pair of options that a thousand more of them have.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { planOf } from '../../conformance/plan.ts';
import { exactData } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import { reduction } from '../../properties/laws/reduction.ts';
import { formsOf } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { isInteger } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

const { runs } = planOf({ profile: 'quick', seed: '1', minGrade: 'C' });
const asked = runs * reduction.effort!;
/** Each pair that is drawn once in forty questions is missed in one run of five hundred. */
const RARE = 1 / 40;

/** Every option of a case, as set or as not set. */
function optionsOf(op: Op, { tensors, settings }: Case): readonly string[] {
  const parameters = Object.entries(op.params).map(([name, p]) => {
    const value = settings[name];
    if (p.kind === 'choice' || p.kind === 'flag') return `${name} ${value}`;
    return value === p.default ? `${name} as usual` : `${name} set`;
  });
  const inputs = Object.entries(op.inputs).flatMap(([name, input]) => {
    const tensor = tensors[name];
    if (formsOf(input).length > 1)
      return [`${name} of ${isInteger(tensor!.dtype) ? 'classes' : 'probabilities'}`];
    const isChoice = input.of === 'reals' && input.absent !== undefined;
    return isChoice ? [`${name} ${tensor ? 'given' : 'absent'}`] : [];
  });
  return [...parameters, ...inputs];
}

/** How often each pair of options occurs. */
function pairsOf(op: Op, count: number, from: number): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  const sizes = { elements: 4, axis: 2 };
  for (const c of fc.sample(cases(op, exactData, sizes), { numRuns: count, seed: from })) {
    const options = optionsOf(op, c);
    for (const [i, a] of options.entries())
      for (const b of options.slice(i + 1))
        pairs.set(`${a}, ${b}`, (pairs.get(`${a}, ${b}`) ?? 0) + 1);
  }
  return pairs;
}

/** Pairs that are not rare in many questions, and are missing in a few. */
function missing(op: Op, count: number): readonly string[] {
  const many = 1000;
  const few = pairsOf(op, count, seed);
  const common = [...pairsOf(op, many, seed + 1)].filter(([, times]) => times > RARE * many);
  expect(common.length).toBeGreaterThan(0);
  return common.map(([pair]) => pair).filter((pair) => !few.has(pair));
}

const losses = [...operators.values()].filter(
  (op) => op.kind === 'loss' && Object.keys(op.params).length > 1,
);

describe('every pair of options is asked for', () => {
  test.each(losses.map((op) => [op.id, op] as const))('%s', (_, op) => {
    expect(missing(op, asked)).toEqual([]);
  });
  test('a dozen questions are too few', () => {
    expect(missing(operators.get('cross-entropy')!, 12).length).toBeGreaterThan(0);
  });
});
