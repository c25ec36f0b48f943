/** # The certified reference and `src/` pass ONNX's own node tests */
import { describe, expect, test } from 'vitest';
import type { Payload } from '../properties/candidate.ts';
import * as answers from './answers.ts';
import type { Case } from './case.ts';
import { explains, storedBaseline } from './explained.ts';
import { availability, available, fault, folder, type NodeTest, nodeTests } from './node-tests.ts';

const state = availability(available(), process.env.CI);
const baseline = await storedBaseline();
const tests = state === 'run' ? await nodeTests() : [];

/** The set is frozen: ONNX has deleted these files since. */
const COUNTS = {
  relu: 1,
  sigmoid: 2,
  tanh: 2,
  softplus: 2,
  softmax: 7,
  'log-softmax': 7 + 17, // 17 of them the second output of SoftmaxCrossEntropyLoss
  'log-sum-exp': 9,
  'nll-loss': 18,
  'cross-entropy': 34,
};

/** `src/` takes float32 only; four digits more than the tolerance survive the rounding. */
const narrowed = (of: Case): Case => {
  const narrow = (p: Payload): Payload =>
    p.dtype === 'f64' ? { ...p, dtype: 'f32', data: Float32Array.from(p.data as Float64Array) } : p;
  const given = Object.entries(of.in).map(([name, p]) => [name, narrow(p)] as const);
  return { ...of, in: Object.fromEntries(given) };
};

describe('ONNX node tests', () => {
  test('are there, or are reported as not run', ({ skip }) => {
    if (state === 'fail') throw new Error(`CI is set, and there is no ${folder}`);
    if (state === 'run') return expect(available()).toBe(true);
    console.warn(`ONNX's node tests were NOT RUN: there is no ${folder}`);
    skip(`not run: there is no ${folder}`);
  });

  test.runIf(state === 'run')('are all found', () => {
    const counts = Object.fromEntries(Object.keys(COUNTS).map((op) => [op, 0]));
    for (const { of } of tests) counts[of.op] = (counts[of.op] ?? 0) + 1;
    expect(counts).toEqual(COUNTS);
  });

  test.for(tests.map((one) => [one.name, one] as const))('%s', async ([, one], { skip }) => {
    if (explains(baseline, one.of)) skip('the baseline explains it');
    expect(fault(one, await answers.reference(one.of, 'float32'))).toBeUndefined();
    expect(fault(one, await answers.fast(narrowed(one.of), 'float32'))).toBeUndefined();
  });
});

describe('the gate', () => {
  const expected: Payload = { dtype: 'f32', shape: [2], data: Float32Array.of(1, Number.NaN) };
  const one: NodeTest = { name: 'a case', of: { op: 'relu', params: {}, in: {} }, expected };

  test('notices a value, a NaN and a shape that differ', () => {
    expect(fault(one, { shape: [2], values: [1.000005, Number.NaN] })).toBeUndefined();
    expect(fault(one, { shape: [2], values: [1.00002, Number.NaN] })).toMatch(/out\[0\]/);
    expect(fault(one, { shape: [2], values: [1, 0] })).toMatch(/out\[1\]/);
    expect(fault(one, { shape: [3], values: [1, Number.NaN, 0] })).toMatch(/shape/);
  });

  test('lets a missing folder pass only outside CI', () => {
    expect(availability(true, 'true')).toBe('run');
    expect(availability(false, undefined)).toBe('skip');
    expect(availability(false, 'true')).toBe('fail');
  });
});
