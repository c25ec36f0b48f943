/** Every definition on a few cases: see in-short.ts. */
import { describe, expect, test } from 'vitest';
import * as operators from '../../spec/index.ts';
import type { Elementwise, Kink, Op } from '../../spec/op.ts';
import type { Real } from '../../spec/real.ts';
import { addendFaults, asks, claimFaults, gradientFaults, holds, kinkFaults } from './in-short.ts';

const named = (Object.values(operators) as readonly Op[]).map((op) => [op.id, op] as const);

describe.each(named)('%s', (_, op) => {
  test.each(Object.entries(asks))('%s', (_, ask) => ask(op));
});

describe('planted', () => {
  const sign = { ...operators.tanh, df: (x: Real) => operators.tanh.df(x, {}).neg() } as Op;
  test('a wrong sign in a stated derivative is seen', () => {
    expect(() => holds(sign, (lifted) => gradientFaults(lifted, 'input'))).toThrow(
      'Property failed',
    );
  });
  test('a missing addend is seen', () => {
    const part = {
      ...operators.linear,
      addends: (row: { bias: Real }) => [[row.bias]],
    } as unknown as Op;
    expect(() => holds(part, addendFaults)).toThrow('Property failed');
  });
  test('a claim that is missing, or too much, is seen', () => {
    const { tanh, sigmoid } = operators;
    const faultsOf = (op: object) => claimFaults(op as Elementwise, [{}]);
    expect(faultsOf(tanh)).toEqual([]);
    expect(faultsOf({ ...tanh, isIncreasing: () => false })).toEqual(['increasing: true']);
    expect(faultsOf({ ...tanh, isOdd: false })).toEqual(['odd: true']);
    expect(faultsOf({ ...sigmoid, isOdd: true })).toEqual(['odd: false']);
    expect(faultsOf({ ...sigmoid, range: () => [-1, 1] })).toEqual(['from 0, not -1']);
    expect(faultsOf({ ...sigmoid, range: () => [0, Infinity] })).toEqual(['up to 1, not Infinity']);
  });
  test('a kink that is none, and slopes that are not its own, are seen', () => {
    const faultsOf = (...kinks: readonly Kink[]) =>
      kinkFaults({ ...operators.relu, kinks: () => kinks } as unknown as Elementwise, {});
    const kink = { at: 0, left: 0, right: 1, torch: 0 };
    expect(faultsOf(kink)).toEqual([]);
    expect(faultsOf({ ...kink, left: 0.5 })).toEqual(['left of 0 0, not 0.5']);
    expect(faultsOf({ ...kink, right: 0 })).toEqual(['no kink at 0', 'right of 0 1, not 0']);
    expect(faultsOf(kink, kink)).toEqual(['two kinks at one place of 0,0']);
  });
});
