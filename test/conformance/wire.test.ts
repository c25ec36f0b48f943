import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { reference } from '../../conformance/reference.ts';
import {
  decodeHello,
  decodeReply,
  decodeRequest,
  decodeTensor,
  encodeHex,
  encodeReply,
  encodeRequest,
  encodeTensor,
} from '../../conformance/wire/codec.ts';
import { published } from '../../conformance/wire/published.ts';
import { jsonSchema } from '../../conformance/wire/schema.ts';

const where = 'relu: input';
const f32 = (fields: object, shape = [2]) =>
  decodeTensor(where, { dtype: 'f32', shape, ...fields });
const bitsOf = (data: ArrayLike<number> & { buffer: ArrayBufferLike }) => [
  ...new Uint32Array(data.buffer),
];

describe('tensors', () => {
  test('b64, hex and values of the same numbers are the same elements', () => {
    const expected = [0x3f800000, 0xc0000000];
    for (const fields of [
      { hex: '3f800000 c0000000' },
      { b64: 'AACAPwAAAMA=' },
      { values: [1, -2] },
    ])
      expect(bitsOf(f32(fields).data as Float32Array)).toEqual(expected);
  });

  test('no bit is lost, in any dtype, through base64 or hex', () => {
    const cases = [
      { dtype: 'f32', hex: '7fa00001 80000000 00000001 ff800000' },
      { dtype: 'f64', hex: '7ff4000000000001 8000000000000000 0000000000000001 fff0000000000000' },
      { dtype: 'f16', hex: '7d01 8000 0001 fc00' },
      { dtype: 'bf16', hex: '7fa1 8000 0001 ff80' },
      { dtype: 'i64', hex: '7fffffffffffffff 8000000000000000 0000000000000001 ffffffffffffffff' },
      { dtype: 'i32', hex: '7fffffff 80000000 00000001 ffffffff' },
      { dtype: 'u8', hex: '00 01 7f ff' },
    ] as const;
    for (const { dtype, hex } of cases) {
      const payload = decodeTensor(where, { dtype, shape: [4], hex });
      expect(encodeHex(payload)).toEqual({ dtype, shape: [4], hex });
      expect(encodeHex(decodeTensor(where, encodeTensor(payload))).hex).toBe(hex);
    }
  });

  test('base64 is little-endian', () => {
    expect(encodeTensor(f32({ values: [1] }, [1])).b64).toBe('AACAPw==');
    const { data } = decodeTensor(where, { dtype: 'i64', shape: [1], b64: '/////////38=' });
    expect(data[0]).toBe(2n ** 63n - 1n);
  });

  test('values are rounded once, from the double to the dtype', () => {
    const hex = (dtype: 'f32' | 'f16' | 'bf16' | 'f64', value: number) =>
      encodeHex(decodeTensor(where, { dtype, shape: [], values: [value] })).hex;
    expect(hex('f32', 0.1)).toBe('3dcccccd');
    expect(hex('f64', 0.1)).toBe('3fb999999999999a');
    expect(hex('f32', 1e39)).toBe('7f800000');
    // Just above a tie of the format, and at the tie of float32 above it: two roundings differ.
    expect(hex('bf16', 1 + 2 ** -8 + 2 ** -40)).toBe('3f81');
    expect(hex('f16', 1 + 2 ** -11 + 2 ** -40)).toBe('3c01');
  });

  test('what JSON cannot write comes as strings', () => {
    const values = ['NaN', 'Infinity', '-Infinity', '-0'] as const;
    expect(encodeHex(f32({ values: [...values] }, [4])).hex).toBe(
      '7fc00000 7f800000 ff800000 80000000',
    );
  });

  test.each([
    [{ b64: 'AACAPw==' }, 'relu: input has 4 bytes of b64 but should have 8: shape [2] of f32'],
    [
      { b64: 'AACAPwAAAMAAAADA' },
      'relu: input has 12 bytes of b64 but should have 8: shape [2] of f32',
    ],
    [{ b64: 'AACAPwAAAMA' }, "relu: input has b64 'AACAPwAAAMA', which is not base64"],
    [{ b64: 'AACA*wAAAMA=' }, "relu: input has b64 'AACA*wAAAMA=', which is not base64"],
    [{ hex: '3f800000' }, 'relu: input has 1 elements of hex but should have 2: shape [2] of f32'],
    [
      { hex: '3f80 c000' },
      "relu: input has hex '3f80' but should have 8 hexadecimal digits for each element of f32",
    ],
    [
      { hex: '3f80000g c0000000' },
      "relu: input has hex '3f80000g' but should have 8 hexadecimal digits for each element of f32",
    ],
    [{ values: [1, 2, 3] }, 'relu: input has 3 values but should have 2: shape [2] of f32'],
  ])('%o is refused', (fields, message) => {
    expect(() => f32(fields)).toThrow(message);
  });

  test.each([
    ['u8', 256, '0 to 255'],
    ['u8', -1, '0 to 255'],
    ['i32', 2 ** 31, '-2147483648 to 2147483647'],
    ['i64', 0.5, '-9007199254740991 to 9007199254740991'],
    ['i64', 2 ** 53, '-9007199254740991 to 9007199254740991'],
    ['i64', 'NaN', '-9007199254740991 to 9007199254740991'],
  ] as const)('%s cannot hold %s', (dtype, value, range) => {
    expect(() => decodeTensor('nll-loss: target', { dtype, shape: [], values: [value] })).toThrow(
      new RegExp(`^nll-loss: target has the value .* whole numbers from ${range}: ${dtype}$`),
    );
  });

  test('an empty tensor whose other axes are endless is refused', () => {
    expect(() => f32({ values: [] }, [2 ** 40, 0])).toThrow(RangeError);
    expect(f32({ values: [] }, [3, 0]).data).toHaveLength(0);
  });
});

describe('run messages', () => {
  const input = { dtype: 'f32', shape: [1], values: [1] };
  const due = (message: unknown) => () => decodeRequest(message);

  test('what is omitted has its default', () => {
    const { data: _, ...tensor } = decodeRequest({ op: 'relu', in: { input } }).in.input!;
    expect(tensor).toEqual({ dtype: 'f32', shape: [1] });
    expect(decodeRequest({ op: 'relu', in: {} })).toEqual({
      op: 'relu',
      params: {},
      in: {},
      want: ['out'],
      grad_out: null,
    });
  });

  test('an input that is null is absent', () => {
    const message = { op: 'linear', in: { input, weight: input, bias: null } };
    expect(Object.keys(decodeRequest(message).in)).toEqual(['input', 'weight']);
  });

  test('parameters may be strings for what JSON cannot write', () => {
    const params = { threshold: 'Infinity', beta: 2, reduction: 'sum' };
    expect(decodeRequest({ op: 'softplus', in: { input }, params }).params).toEqual({
      threshold: Infinity,
      beta: 2,
      reduction: 'sum',
    });
  });

  test('unknown fields are ignored', () => {
    expect(due({ op: 'relu', in: { input }, timeout_ms: 5, future: [] })).not.toThrow();
  });

  test.each([
    [{}, 'run message: op is missing; it should be an operator'],
    [{ op: 'relu' }, 'relu: in is missing; it should be an object of tensors'],
    [{ op: 'relu', in: { input: 3 } }, 'relu: in.input is 3 but should be a tensor'],
    [{ op: 'relu', in: {}, id: {} }, 'relu: id is {} but should be a string or a number'],
    [{ op: 'relu', in: {}, want: [] }, 'relu: want is [] but should be an array of at least one'],
    [{ op: 'relu', in: {}, want: ['grad'] }, "want[0] is 'grad' but should be out or grad:<input>"],
    [{ op: 'relu', in: {}, params: { a: [1] } }, 'params.a is [1] but should be a number'],
    [{ op: 'relu', in: { input: { ...input, dtype: 'f31' } } }, "in.input.dtype is 'f31' but"],
    [{ op: 'relu', in: { input: { ...input, shape: [-1] } } }, 'in.input.shape[0] is -1 but'],
    [{ op: 'relu', in: { input: { ...input, shape: [1.5] } } }, 'in.input.shape[0] is 1.5 but'],
    [{ op: 'relu', in: { input: { ...input, values: ['x'] } } }, "in.input.values[0] is 'x' but"],
    [{ op: 'relu', in: { input: { ...input, values: [null] } } }, 'in.input.values[0] is null but'],
    [{ op: 'relu', in: { input: { ...input, hex: '' } } }, 'exactly one of b64, hex, values'],
    [{ op: 'relu', in: { input: { dtype: 'f32', shape: [] } } }, 'exactly one of b64, hex, values'],
  ])('%o is refused', (message, says) => {
    expect(due(message)).toThrow(TypeError);
    expect(due(message)).toThrow(says);
  });

  test('a request survives the wire', () => {
    const request = decodeRequest({
      id: 'c1',
      op: 'softplus',
      params: { threshold: 'Infinity', beta: '-0' },
      in: { input: { dtype: 'f32', shape: [2], hex: '80000000 7fc00001' } },
      want: ['out', 'grad:input'],
      grad_out: { dtype: 'f32', shape: [2], values: [1, 'NaN'] },
    });
    for (const encode of [encodeTensor, encodeHex]) {
      const line = JSON.stringify(encodeRequest(request, encode));
      expect(decodeRequest(JSON.parse(line))).toEqual(request);
    }
  });
});

describe('replies', () => {
  test('a reply survives the wire', async () => {
    const request = decodeRequest({
      id: 'c1',
      op: 'sigmoid',
      in: { input: { dtype: 'f32', shape: [2], values: [-18, 3] } },
      want: ['out', 'grad:input'],
    });
    const reply = await reference.run(request);
    expect(decodeReply('sigmoid', JSON.parse(JSON.stringify(encodeReply(reply))))).toEqual(reply);
  });

  test.each([
    [{ out: { dtype: 'f32', shape: [1], values: [1] } }, 'out is'],
    [{ 'grad:input': { dtype: 'f32', shape: [1] } }, 'grad:input is'],
    [{ 'grad:input': { dtype: 'f32', shape: [1], b64: 3 } }, 'grad:input.b64 is 3'],
    [{ error: { kind: 'sad', message: '' } }, "error.kind is 'sad'"],
    [[], 'the message is [] but should be an object'],
  ])('%o is not a reply', (message, says) => {
    expect(() => decodeReply('sigmoid', message)).toThrow(`sigmoid: answer: `);
    expect(() => decodeReply('sigmoid', message)).toThrow(says);
  });

  test('a hello says who and what', async () => {
    const hello = await reference.hello();
    expect(decodeHello('reference', hello)).toEqual(hello);
    expect(() => decodeHello('mine', { ...hello, dtypes: ['f8'] })).toThrow(
      "mine: hello: dtypes[0] is 'f8' but should be one of",
    );
    expect(() => decodeHello('mine', { ...hello, impl: undefined })).toThrow('impl is missing');
  });
});

test('the published JSON Schema is up to date: npm run schemas', async () => {
  const folder = new URL('../../docs/schema/', import.meta.url);
  expect((await readdir(folder)).sort()).toEqual([...published().keys()].sort());
  for (const [name, text] of published())
    expect(await readFile(new URL(name, folder), 'utf8')).toBe(text);
});

test('JSON Schema is made of the same schemas', () => {
  const run = jsonSchema('run') as { $schema: string; required: string[]; properties: object };
  expect(run.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(run.required).toEqual(['op', 'in']);
  const text = JSON.stringify(run);
  expect(text).toContain(
    '"oneOf":[{"required":["b64"]},{"required":["hex"]},{"required":["values"]},{"required":["off"]}]',
  );
  expect(JSON.stringify(jsonSchema('reply'))).toContain('"patternProperties":{"^grad:"');
  expect(JSON.stringify(jsonSchema('hello'))).toContain('"promises"');
});
