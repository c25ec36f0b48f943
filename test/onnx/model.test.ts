import { describe, expect, test } from 'vitest';
import type { Graph } from '../../conformance/onnx/graph.ts';
import { anyShape } from '../../conformance/onnx/graph.ts';
import { decodeModel, decodeTensor, encodeModel } from '../../conformance/onnx/model.ts';

const graph: Graph = {
  opset: 13,
  inputs: [{ name: 'x', dtype: 'f32', shape: anyShape('x', 2) }],
  initializers: [{ name: 'w', dtype: 'f64', shape: [2], values: [0.1, Number.POSITIVE_INFINITY] }],
  nodes: [
    {
      op: 'Loss',
      inputs: ['x', '', 'w'],
      outputs: ['y'],
      attributes: {
        reduction: { string: 'mean' },
        ignore_index: { int: -100 },
        keepdims: { int: 0 },
        axes: { ints: [-1, 5_000_000_000] },
        alpha: { float: 0.5 },
      },
    },
    { op: 'Loss', inputs: ['y'], outputs: ['z'], attributes: {} },
  ],
  outputs: [{ name: 'z', dtype: 'f32' }],
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a model', () => {
  test('that is written and read says the same', async () => {
    const model = await decodeModel(await encodeModel(graph));
    expect(model).toEqual({ opset: 13, inputs: ['x'], outputs: ['z'], nodes: graph.nodes });
  });

  test('writes a zero attribute, which a reader must not take for an absent one', async () => {
    const bytes = hex(await encodeModel(graph));
    // name "keepdims" (0a 08 …), i = 0 (18 00), type = INT (a0 01 02)
    expect(bytes).toContain(`0a08${hex(Buffer.from('keepdims'))}1800a00102`);
  });

  test('writes a negative integer with ten bytes', async () => {
    const bytes = hex(await encodeModel(graph));
    expect(bytes).toContain('189cffffffffffffffff01'); // i = −100
  });

  test('writes the length of an empty axis, which would be unknown otherwise', async () => {
    const inputs = [{ name: 'x', dtype: 'f32', shape: [0, 3] }] as const;
    const bytes = hex(await encodeModel({ ...graph, inputs }));
    expect(bytes).toContain('0a0208000a020803'); // dim { dim_value: 0 }, dim { dim_value: 3 }
  });

  test('gives nodes of one kind different names, without which it is refused', async () => {
    const bytes = hex(await encodeModel(graph));
    expect(bytes).toContain(hex(Buffer.from('Loss_0')));
    expect(bytes).toContain(hex(Buffer.from('Loss_1')));
  });
});

describe('a tensor', () => {
  test('is read with its shape, its kind and its elements', async () => {
    // dims 2 and 1, float32, name "a", raw data 1 and −0
    const bytes = Buffer.from('0802080110014201614a080000803f00000080', 'hex');
    const tensor = await decodeTensor(bytes);
    expect(tensor).toEqual({ dtype: 'f32', shape: [2, 1], data: Float32Array.of(1, -0) });
  });

  test('of rank 0 has no dims, and packed dims are dims', async () => {
    const scalar = await decodeTensor(Buffer.from('10074a08ffffffffffffffff', 'hex'));
    expect(scalar).toEqual({ dtype: 'i64', shape: [], data: BigInt64Array.of(-1n) });
    const packed = await decodeTensor(Buffer.from('0a0203001001', 'hex'));
    expect(packed).toEqual({ dtype: 'f32', shape: [3, 0], data: new Float32Array(0) });
  });

  test('of a kind that is not in use is refused by name', async () => {
    await expect(decodeTensor(Buffer.from('1008', 'hex'))).rejects.toThrow(/data type 8/);
  });
});
