/**
 * # Reading npz and npy, NumPy's files
 *
 * An npz is a zip archive with an npy for every array, stored or deflated; an npy has a header in
 * Python's notation, then the elements.
 */
import { inflateRawSync } from 'node:zlib';
import { toTensor } from '../../properties/payload.ts';
import { type Dtype, sizeOf, type Tensor } from '../../spec/tensor.ts';
import { fromBytes } from '../onnx/elements.ts';

// Zip --------------------------------------------------------------------------------------------

const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** Throws a TypeError or RangeError that says what came and what was due. */
export function npzTensors(bytes: Buffer): { readonly [name: string]: Tensor } {
  const end = bytes.lastIndexOf(END);
  if (end < 0 || end + 22 > bytes.length)
    throw new RangeError('is cut off: a zip archive should end with its directory');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const found: [string, Tensor][] = [];
  for (let i = 0; i < count; i++) {
    const { name, content, next } = entryAt(bytes, at);
    at = next;
    if (name.endsWith('.npy')) found.push([name.slice(0, -'.npy'.length), named(name, content)]);
  }
  return Object.fromEntries(found);
}

function entryAt(bytes: Buffer, at: number) {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY)
    throw new RangeError(`has no entry of its directory at byte ${at}, where one should be`);
  const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
  const [length, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
  const name = bytes.subarray(at + 46, at + 46 + length!).toString('utf8');
  const local = bytes.readUInt32LE(at + 42);
  const packed = contentAt(bytes, local, size, name);
  if (method !== STORED && method !== DEFLATED)
    throw new TypeError(`${name} is packed by method ${method} but should be stored or deflated`);
  return {
    name,
    content: () => (method === STORED ? packed : inflateRawSync(packed)),
    next: at + 46 + length! + extra! + comment!,
  };
}

function contentAt(bytes: Buffer, local: number, size: number, name: string): Buffer {
  if (local + 30 > bytes.length) throw new RangeError(`${name} begins beyond the end of the file`);
  const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (begin + size > bytes.length)
    throw new RangeError(
      `${name} should end at byte ${begin + size}, the file does at ${bytes.length}`,
    );
  return bytes.subarray(begin, begin + size);
}

function named(name: string, content: () => Buffer): Tensor {
  try {
    return npyTensor(content());
  } catch (problem) {
    throw new TypeError(`${name}: ${problem instanceof Error ? problem.message : problem}`);
  }
}

// Npy --------------------------------------------------------------------------------------------

const DTYPES: { readonly [descr: string]: readonly [dtype: Dtype, bytes: number] } = {
  '<f2': ['f16', 2],
  '<f4': ['f32', 4],
  '<f8': ['f64', 8],
  '<i4': ['i32', 4],
  '<i8': ['i64', 8],
  '|u1': ['u8', 1],
  '|b1': ['u8', 1],
};

export function npyTensor(bytes: Buffer): Tensor {
  if (bytes.length < 12) throw new RangeError('is cut off before the end of its header');
  const isLong = bytes[6]! > 1;
  const begin = isLong ? 12 : 10;
  const end = begin + (isLong ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.subarray(begin, end).toString('latin1');
  const descr = /'descr': *'([^']*)'/.exec(header)?.[1] ?? '';
  const shape = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (shape === undefined) throw new TypeError(`has the header ${header.trim()} without a shape`);
  if (!Object.hasOwn(DTYPES, descr))
    throw new TypeError(`is ${descr} but should be one of ${Object.keys(DTYPES).join(', ')}`);
  if (/'fortran_order': *True/.test(header))
    throw new TypeError('is in Fortran order: save np.ascontiguousarray of it');
  const [dtype, width] = DTYPES[descr]!;
  const lengths = shape.split(',').flatMap((n) => (n.trim() === '' ? [] : [Number(n)]));
  const due = sizeOf(lengths) * width;
  const content = bytes.subarray(end);
  if (content.length !== due)
    throw new RangeError(
      `has ${content.length} bytes but should have ${due}: ${descr} [${lengths}]`,
    );
  return toTensor({ dtype, shape: lengths, data: fromBytes(dtype, content) });
}
