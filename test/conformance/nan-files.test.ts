import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { safetensors } from '../../conformance/vectors/safetensors.ts';
import type { Payload } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { touchstone } from './terminal.ts';

describe('saved batches', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nan-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const saved = (name: string, bytes: Uint8Array | string): string => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  const tensors = (dtype: 'f16' | 'bf16' | 'f32' | 'f64'): ReadonlyMap<string, Payload> =>
    new Map([
      ['input', toPayload({ dtype, shape: [1, 3], data: [120, 3, -5] })],
      ['target', toPayload({ dtype: 'i64', shape: [1], data: [1] })],
    ]);
  const json = async (...args: string[]) => {
    const { code, out, err } = await touchstone(['nan', ...args, '--json']);
    return { code, err, report: out === '' ? undefined : JSON.parse(out) };
  };

  test.each(['f16', 'bf16', 'f32', 'f64'] as const)('safetensors of %s', async (dtype) => {
    const file = saved(`${dtype}.safetensors`, safetensors(tensors(dtype), {}));
    const { code, report, err } = await json(file);
    expect(code).toBe(1);
    const names = { f16: 'float16', bf16: 'bfloat16', f32: 'float32', f64: 'float32' };
    expect(report.format).toBe(names[dtype]);
    expect(report.born).toMatchObject({ step: 'e', value: 'Infinity' });
    expect(report.guessed).toContain('a class for each sample');
    expect(err).toContain('taken for cross-entropy of logits');
  });

  const npy = (descr: string, shape: string, bytes: Uint8Array): Buffer => {
    const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
    const header = Buffer.from(`${text.padEnd(117)}\n`, 'latin1');
    const start = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
    const length = Buffer.alloc(2);
    length.writeUInt16LE(header.length);
    return Buffer.concat([start, length, header, bytes]);
  };
  const zipped = (files: readonly (readonly [string, Buffer])[], method: 0 | 8): Buffer => {
    const locals: Buffer[] = [];
    const entries: Buffer[] = [];
    let at = 0;
    for (const [name, content] of files) {
      const packed = method === 8 ? deflateRawSync(content) : content;
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(name.length, 26);
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(method, 10);
      entry.writeUInt32LE(packed.length, 20);
      entry.writeUInt32LE(content.length, 24);
      entry.writeUInt16LE(name.length, 28);
      entry.writeUInt32LE(at, 42);
      locals.push(local, Buffer.from(name), packed);
      entries.push(entry, Buffer.from(name));
      at += 30 + name.length + packed.length;
    }
    const directory = Buffer.concat(entries);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(files.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...locals, directory, end]);
  };
  const floats = (...x: number[]) => new Uint8Array(Float32Array.from(x).buffer);
  const longs = (...x: bigint[]) => new Uint8Array(BigInt64Array.from(x).buffer);
  const arrays = [
    ['input.npy', npy('<f4', '(1, 3)', floats(120, 3, -5))],
    ['target.npy', npy('<i8', '(1,)', longs(1n))],
  ] as const;

  test.each([0, 8] as const)('npz, packed by method %i', async (method) => {
    const { code, report } = await json(saved(`${method}.npz`, zipped(arrays, method)));
    expect(code).toBe(1);
    expect(report.loss).toEqual({ value: 'Infinity', exact: '117' });
  });
  test('JSON, with NaN as Python writes it', async () => {
    const text = '{"input": [[1, NaN, -Infinity]], "target": [0]}';
    const { code, report } = await json(saved('batch.json', text));
    expect(code).toBe(1);
    expect(report.born).toMatchObject({ where: 'batch', place: '[0, 1]', value: 'NaN' });
  });
  test('classes lie along the second axis', async () => {
    const text = '{"input": [[[0, 0], [0, 0], [0, 200]]], "target": [[0, 1]]}';
    const { report } = await json(saved('pixels.json', text), '--as', 'shifted-softmax-log');
    expect(report.born).toMatchObject({ step: 'l', place: '[0, 0, 1]' });
  });

  const whole = safetensors(tensors('f32'), {});
  const strange = Buffer.from(String(whole.toString('latin1')).replace('"F32"', '"F8 "'), 'latin1');
  test.each<readonly [string, Buffer | string, string]>([
    ['cut.safetensors', whole.subarray(0, whole.length - 4), 'is cut off: input should end'],
    ['header.safetensors', whole.subarray(0, 40), 'is cut off: its header should end'],
    ['short.safetensors', whole.subarray(0, 5), 'has 5 bytes but should begin with a length of 8'],
    ['strange.safetensors', strange, 'input is F8  but should be one of F16, BF16, F32'],
    ['empty.npz', '', 'is empty'],
    ['cut.npz', zipped(arrays, 8).subarray(0, 90), 'is cut off: a zip archive should end'],
    ['dtype.npz', zipped([['input.npy', npy('<c8', '(1,)', floats(1, 2))]], 0), 'is <c8 but'],
    ['size.npz', zipped([['input.npy', npy('<f4', '(2,)', floats(1))]], 0), 'has 4 bytes but'],
    ['list.json', '[1, 2]', 'but should hold an object of tensors'],
    ['no.json', 'logits: 1', 'is neither safetensors nor npz, and not JSON either'],
    ['ragged.json', '{"input": [[1], [1, 2]]}', 'input is ragged'],
  ])('%s: a clear error', async (name, bytes, said) => {
    const { code, err, report } = await json(saved(name, bytes));
    expect(report).toBe(undefined);
    expect(code).toBe(2);
    expect(err).toContain(`${name}: `);
    expect(err).toContain(said);
  });
});
