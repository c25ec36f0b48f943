import { describe, expect, test } from 'vitest';
import { offered, onnxruntime } from '../../conformance/adapters/onnxruntime.ts';
import { operators } from '../../conformance/operators.ts';
import type { Payload, Reply, Setting } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';

const f32 = (shape: number[], ...data: number[]) => toPayload({ dtype: 'f32', shape, data });
const i64 = (shape: number[], ...data: number[]) => toPayload({ dtype: 'i64', shape, data });

const ask = async (
  op: string,
  given: { [name: string]: Payload },
  params: { [name: string]: Setting } = {},
): Promise<Reply> => onnxruntime.run({ id: 'c1', op, params, in: given, want: ['out'] });

const out = async (...request: Parameters<typeof ask>): Promise<number[]> => {
  const reply = await ask(...request);
  expect(reply).toMatchObject({ id: 'c1', out: { dtype: 'f32' } });
  return Array.from(reply.out!.data, Number);
};

const rows = f32([2, 3], 1, 2, 3, 4, 5, 7);

test('it says who it is and offers what ONNX has', async () => {
  const hello = await onnxruntime.hello();
  expect(hello.impl).toMatchObject({ name: 'onnxruntime', version: '1.30.0', language: 'C++' });
  expect(hello.env?.cpu).toEqual(expect.any(String));
  expect(Object.keys(hello.ops)).toEqual(
    expect.arrayContaining([
      ...['relu', 'sigmoid', 'tanh', 'softplus', 'softmax', 'log-softmax', 'log-sum-exp', 'linear'],
      ...['nll-loss', 'cross-entropy'],
    ]),
  );
  for (const id of Object.keys(hello.ops)) {
    // 26 is the last version that it takes.
    expect(operators.get(id)?.dialects.onnx?.opset, id).toBeLessThanOrEqual(26);
  }
  expect(hello.ops.relu).toEqual({ grad: [] });
});

describe('a model is derived from the definition', () => {
  test('of every operator that is offered', async () => {
    expect(await out('relu', { input: f32([3], -1, 0, 2) })).toEqual([0, 0, 2]);
    expect(await out('sigmoid', { input: f32([], 0) })).toEqual([0.5]);
    expect(await out('tanh', { input: f32([1, 1], 0) })).toEqual([0]);
    expect(await out('softplus', { input: f32([1], 100) })).toEqual([100]);
    expect(await out('softmax', { input: f32([2], 3, 3) }, { dim: 0 })).toEqual([0.5, 0.5]);
    expect(await out('log-softmax', { input: f32([1], 5) }, { dim: 0 })).toEqual([0]);
    expect(await out('log-sum-exp', { input: f32([2, 1], 7, 8) }, { dim: 1 })).toEqual([7, 8]);
    const linear = { input: rows, weight: f32([1, 3], 1, 2, 3), bias: f32([1], 10) };
    expect(await out('linear', linear)).toEqual([24, 45]);
  });

  test('with the attributes that the parameters are', async () => {
    const given = { input: rows, target: i64([2], 0, 2) };
    expect(await out('nll-loss', given, { reduction: 'none', ignoreIndex: -100 })).toEqual([
      -1, -7,
    ]);
    expect(await out('nll-loss', given, { reduction: 'sum', ignoreIndex: 2 })).toEqual([-1]);
    const weighted = { ...given, weight: f32([3], 1, 2, 3) };
    expect(await out('nll-loss', weighted, { reduction: 'mean', ignoreIndex: -100 })).toEqual([
      -5.5,
    ]);
  });

  test('with defaults where a parameter is not given', async () => {
    expect(await out('nll-loss', { input: rows, target: i64([2], 0, -100) })).toEqual([-1]);
  });
});

describe('what ONNX cannot express is skipped with the reason', () => {
  const reason = async (...request: Parameters<typeof ask>) => (await ask(...request)).skip?.reason;

  test('a parameter away from its default', async () => {
    expect(await reason('softplus', { input: f32([1], 1) }, { beta: 2 })).toMatch(/beta.*2/);
    const given = { input: rows, target: i64([2], 0, 2) };
    expect(await reason('cross-entropy', given, { labelSmoothing: 0.1 })).toMatch(/labelSmoothing/);
    expect((await ask('cross-entropy', given, { labelSmoothing: 0 })).out).toBeDefined();
  });

  test('probabilities as target', async () => {
    expect(await reason('cross-entropy', { input: rows, target: rows })).toMatch(/probabilities/);
  });

  test('a rank', async () => {
    const single = { input: f32([3], 1, 2, 3), target: i64([], 0) };
    expect(await reason('nll-loss', single)).toMatch(/rank 1/);
  });

  test('a gradient', async () => {
    const request = { op: 'relu', params: {}, in: { input: rows }, want: ['grad:input'] as const };
    expect((await onnxruntime.run(request)).skip?.reason).toMatch(/gradient/);
  });
});

describe('what is wrong is an error', () => {
  const kind = async (...request: Parameters<typeof ask>) => (await ask(...request)).error?.kind;
  const target = i64([2], 0, 2);

  test('of the request', async () => {
    expect(await kind('relu', { inputs: rows })).toBe('invalid_input');
    expect(await kind('relu', {})).toBe('invalid_input');
    expect(await kind('relu', { input: rows }, { alpha: 1 })).toBe('invalid_input');
    expect(await kind('softmax', { input: rows }, { dim: 2 })).toBe('invalid_input');
    expect(await kind('softmax', { input: rows }, { dim: 0.5 })).toBe('invalid_input');
    expect(await kind('nll-loss', { input: rows, target: i64([2], 0, 3) })).toBe('invalid_input');
    expect(await kind('cross-entropy', { input: rows, target: f32([2], 0, 2) })).toBe(
      'invalid_input',
    );
    expect(await kind('relu', { input: { ...rows, shape: [2, 2] } })).toBe('invalid_input');
  });

  test('of shapes that ONNX Runtime sees only where they are declared', async () => {
    expect(await kind('nll-loss', { input: rows, target: i64([1], 0) })).toBe('invalid_input');
    expect(await kind('cross-entropy', { input: rows, target: i64([1], 0) })).toBe('invalid_input');
  });

  test('of what is not offered', async () => {
    expect(await kind('binary-cross-entropy', { input: rows, target: rows })).toBe('unsupported');
    expect(await kind('kl-div', { input: rows, target })).toBe('unsupported');
  });
});

test('its known deviations are seen', async () => {
  expect(await out('sigmoid', { input: f32([1], -18) })).toEqual([0]);
  expect((await out('log-softmax', { input: f32([2], 17, 0) }, { dim: 0 }))[0]).toBe(0);
});

test('every parameter and attribute that an entry names exists', () => {
  for (const { id, params, inputs, dialects } of offered.values()) {
    const { attributes = {}, lacks = [] } = dialects.onnx;
    const known = [...Object.keys(params), ...Object.keys(inputs)];
    const named = [...Object.keys(attributes), ...lacks.map((name) => name.split(':')[0]!)];
    expect(
      named.filter((name) => !known.includes(name)),
      id,
    ).toEqual([]);
  }
});
