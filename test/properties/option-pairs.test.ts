/**
 * Real implementations break where options meet: as many questions on exact data as `check` asks of
 * a loss have every pair of options that a thousand more of them have.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { planOf } from '../../conformance/plan.ts';
import { exactData } from '../../properties/floats.ts';
import { cases } from '../../properties/inputs.ts';
import { reduction } from '../../properties/laws/reduction.ts';
import { optionsOf, pairsOf } from '../../properties/reach/options.ts';
import type { Op } from '../../spec/op.ts';
import { seed } from '../seed.ts';

const { runs } = planOf({ profile: 'quick', seed: '1', minGrade: 'C' });
const asked = runs * reduction.effort!;
/** Each pair that is drawn once in forty questions is missed in one run of five hundred. */
const RARE = 1 / 40;

/** How often each pair of options occurs. */
function countedPairs(op: Op, count: number, from: number): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  const sizes = { elements: 4, axis: 2 };
  for (const c of fc.sample(cases(op, exactData, sizes), { numRuns: count, seed: from })) {
    for (const pair of pairsOf(optionsOf(op, c))) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Pairs that are not rare in many questions, and are missing in a few. */
function missing(op: Op, count: number): readonly string[] {
  const many = 1000;
  const few = countedPairs(op, count, seed);
  const common = [...countedPairs(op, many, seed + 1)].filter(([, times]) => times > RARE * many);
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
