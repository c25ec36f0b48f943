/** # The certified reference and `src/` pass ONNX's own node tests */
import { describe, expect, test } from 'vitest';
import { offered } from '../conformance/adapters/onnxruntime.ts';
import type { Payload } from '../properties/candidate.ts';
import * as answers from './answers.ts';
import type { Case } from './case.ts';
import { explains, storedBaseline } from './explained.ts';
import { availability, available, fault, folder, type NodeTest, nodeTests } from './node-tests.ts';

const state = availability(available(), process.env.CI);
const baseline = await storedBaseline();
const tests = state === 'run' ? await nodeTests() : [];

/**
 * How many there are that a definition can say, by ONNX's names. The set is frozen: ONNX has deleted
 * these files since. Two of Selu have other constants, and one of Shrink has a bias.
 */
const COUNTS: { readonly [onnx: string]: number } = {
  Celu: 1,
  Elu: 3,
  Gelu: 4,
  HardSigmoid: 3,
  HardSwish: 1,
  Hardmax: 7,
  LeakyRelu: 3,
  LogSoftmax: 7 + 17, // 17 of them the second output of SoftmaxCrossEntropyLoss
  Mish: 1,
  NegativeLogLikelihoodLoss: 18,
  ReduceLogSumExp: 9,
  Relu: 1,
  Selu: 1,
  Shrink: 1,
  Sigmoid: 2,
  SoftmaxCrossEntropyLoss: 34,
  Softmax: 7,
  Softplus: 2,
  Softsign: 2,
  Swish: 1,
  Tanh: 2,
  ThresholdedRelu: 3,
};
const nameOf = (op: string): string => offered.get(op)!.dialects.onnx.name;

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
    const counts = Object.fromEntries([...offered.keys()].map((op) => [nameOf(op), 0]));
    for (const { of } of tests) counts[nameOf(of.op)]! += 1;
    const due = Object.keys(counts).map((name) => [name, COUNTS[name] ?? 0]);
    expect(counts).toEqual(Object.fromEntries(due));
  });

  test.for(tests.map((one) => [one.name, one] as const))('%s', async ([, one], { skip }) => {
    if (explains(baseline, one.of)) skip('the baseline explains it');
    expect(fault(one, await answers.reference(one.of, 'float32'))).toBeUndefined();
    if (answers.isOffered(one.of.op))
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
