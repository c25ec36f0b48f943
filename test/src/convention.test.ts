/** How operators are called, and what they say to bad input. */
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import * as src from '../../src/index.ts';

const floats = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Float32Array.from(data),
  shape,
});
const classes = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  data: Int32Array.from(data),
  shape,
});
const X = floats([1, 2, 3, 4, 5, 6], [2, 3]);
const half = floats([0.5, 0.5]);

describe('errors name the operator, the argument, what came and what was due', () => {
  test.each<[() => unknown, typeof TypeError | typeof RangeError, string]>([
    [
      () => src.crossEntropy({ input: X, target: classes([0, 1, 2]) }),
      RangeError,
      'cross-entropy: target has shape [3] but should be [N *] = [2]',
    ],
    [
      () => src.crossEntropy({ input: X, target: classes([0, 3]) }),
      RangeError,
      'cross-entropy: target[1] is 3 but should be a class in [0, 3) or ignoreIndex = -100',
    ],
    [
      () => src.crossEntropy({ input: X, target: floats([0, 1]) }),
      RangeError,
      'cross-entropy: target has real numbers of shape [2] but should be [2, 3] like input, or class indices',
    ],
    [
      () => src.crossEntropy({ input: X, target: X }, { ignoreIndex: 0 }),
      RangeError,
      'cross-entropy: ignoreIndex is 0 but should be negative where target holds probabilities',
    ],
    [
      () => src.crossEntropy({ input: X, target: classes([0, 1]), weight: half }),
      RangeError,
      'cross-entropy: weight has shape [2] but should be [C] = [3]',
    ],
    [
      () => src.crossEntropy({ input: X, target: classes([0, 1]) }, { labelSmoothing: 1.5 }),
      RangeError,
      'cross-entropy: labelSmoothing is 1.5 but should be in [0, 1]',
    ],
    [
      () => src.crossEntropy({ input: X, target: classes([0, 1]) }, { reduction: 'avg' as 'sum' }),
      RangeError,
      'cross-entropy: reduction is "avg" but should be mean, sum, none',
    ],
    [
      () => src.crossEntropy({ input: floats([1], []), target: classes([0], []) }),
      RangeError,
      'cross-entropy: input has shape [] but should be [C] or [N C *]',
    ],
    [
      () => src.nllLoss({ input: X, target: half as never }),
      TypeError,
      'nll-loss: target holds Float32Array but should hold class indices: BigInt64Array, Int32Array, Uint8Array or an array of integers',
    ],
    [
      () => src.reverseCrossEntropy({ input: X, target: classes([0, -100]) }),
      RangeError,
      'reverse-cross-entropy: target[1] is -100 but should be a class in [0, 3)',
    ],
    [
      () => src.reverseCrossEntropy({ input: X, target: classes([0, 1]) }, { eps: 0 }),
      RangeError,
      'reverse-cross-entropy: eps is 0 but should be in [1e-300, 1]',
    ],
    [
      () => src.binaryCrossEntropy({ input: half, target: classes([0, 1]) as never }),
      TypeError,
      'binary-cross-entropy: target holds Int32Array but should hold Float32Array',
    ],
    [
      () => src.binaryCrossEntropy({ input: floats([0.5, NaN]), target: half }),
      RangeError,
      'binary-cross-entropy: input[1] is NaN but should be in [0, 1]',
    ],
    [
      () => src.binaryCrossEntropy({ input: half, target: half, weight: X }),
      RangeError,
      "binary-cross-entropy: weight has shape [2, 3] but should broadcast to the target's [2]",
    ],
    [
      () => src.klDiv({ input: X, target: half }),
      RangeError,
      "kl-div: target has shape [2] but should be the input's shape = [2, 3]",
    ],
    [
      () => src.softplus({ input: half }, { beta: 0 }),
      RangeError,
      'softplus: beta is 0 but should be in [9.5367431640625e-7, 1048576]',
    ],
    [
      () => src.softplus({ input: half }, { beta: '1' as never }),
      TypeError,
      'softplus: beta is "1" but should be in [9.5367431640625e-7, 1048576]',
    ],
    [
      () => src.softplus({ input: half }, { betta: 1 } as never),
      TypeError,
      'softplus: parameter betta is unknown, should be one of beta, threshold',
    ],
    [
      () => src.sigmoid({ input: half }, { dim: 1 } as never),
      TypeError,
      'sigmoid: parameter dim is unknown, there are none',
    ],
    [
      () => src.softmax({ input: X }, { dim: 2 }),
      RangeError,
      'softmax: dim is 2 but should be in [-2, 1] for input of shape [2, 3]',
    ],
    [() => src.sigmoid({} as never), TypeError, 'sigmoid: input is missing'],
    [
      () => src.sigmoid(new Float64Array(2) as never),
      TypeError,
      'sigmoid: inputs should be tensors by name: { input }',
    ],
    [
      () => src.sigmoid({ input: { data: new Float64Array(2), shape: [2] } as never }),
      TypeError,
      'sigmoid: input holds Float64Array but should hold Float32Array',
    ],
    [
      () => src.sigmoid({ input: { data: new Float32Array(2), shape: [3] } }),
      RangeError,
      'sigmoid: input holds 2 elements but should hold the 3 elements of shape [3]',
    ],
    [
      () => src.sigmoid({ inptu: half } as never),
      TypeError,
      'sigmoid: input inptu is unknown, should be one of input',
    ],
    [
      () => src.sigmoid.gradient({ input: half }, {}, X),
      RangeError,
      'sigmoid: gradOut has shape [2, 3] but should be [2]',
    ],
    [
      () => src.sigmoid(half.data, {}, new Float32Array(3)),
      RangeError,
      'sigmoid: out holds 3 elements but should hold 2',
    ],
    [
      () => src.linear({ input: half, weight: X }),
      RangeError,
      'linear: input has shape [2] but should be [* D] with D = 3',
    ],
    [
      () => src.linear({ input: half, weight: half }),
      RangeError,
      'linear: weight has shape [2] but should be [C D]',
    ],
  ])('%#', (call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(new kind(message));
  });
});

describe('every operator', () => {
  test('has a value, gradients and both at once, which agree', () => {
    const inputs = { input: X, target: classes([0, 2]) };
    const both = src.crossEntropy.valueAndGradient(inputs, { reduction: 'none' }, floats([1, 2]));
    expect(both.value).toEqual(src.crossEntropy(inputs, { reduction: 'none' }));
    const { input } = src.crossEntropy.gradient(inputs, { reduction: 'none' }, floats([1, 2]));
    expect(both.gradient.input).toEqual(input);
    const plain = src.crossEntropy.gradient(inputs, { reduction: 'none' }).input;
    expect([...input.data]).toEqual([...plain.data].map((g, i) => (i < 3 ? g : 2 * g)));
  });
  test('writes to out, values and gradients', () => {
    const out = new Float32Array(6);
    expect(src.softmax({ input: X }, {}, out).data).toBe(out);
    const input = new Float32Array(6);
    expect(src.softmax.gradient({ input: X }, {}, null, { input }).input.data).toBe(input);
  });
});

describe('the candidate', () => {
  const candidate = fast('1.2.3');
  const payload = { dtype: 'f32' as const, ...half };
  test('offers every operator by its name, with promises', async () => {
    const { ops, impl } = await candidate.hello();
    expect(impl).toEqual({ name: 'fast', version: '1.2.3', language: 'TypeScript' });
    expect(Object.keys(ops).sort()).toEqual(
      Object.values(src)
        .flatMap((op) => ('id' in op ? [op.id] : []))
        .sort(),
    );
    expect(ops.sigmoid).toEqual({ grad: ['input'], promises: { value: 'S', gradient: 'S' } });
  });
  test('answers what is wanted', async () => {
    const request = { op: 'sigmoid', params: {}, in: { input: payload } };
    const reply = await candidate.run({ id: 'a', ...request, want: ['out', 'grad:input'] });
    expect(reply).toEqual({
      id: 'a',
      out: { dtype: 'f32', ...src.sigmoid({ input: half }) },
      'grad:input': { dtype: 'f32', ...src.sigmoid.gradient({ input: half }).input },
    });
  });
  test('tells bad input from what it does not offer', async () => {
    const kind = async (op: string, params: object, want: 'out' | 'grad:weight' = 'out') => {
      const request = { op, params: params as never, in: { input: payload }, want: [want] };
      return (await candidate.run(request)).error?.kind;
    };
    expect(await kind('sigmoid', {})).toBeUndefined();
    expect(await kind('sigmoid', { beta: 1 })).toBe('invalid_input');
    expect(await kind('sigmoid', {}, 'grad:weight')).toBe('unsupported');
    expect(await kind('no-such-op', {})).toBe('unsupported');
  });
});
