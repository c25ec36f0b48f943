/**
 * # Reading safetensors
 *
 * Eight bytes that give the length of the header, little-endian; the header, which is JSON; the bytes
 * of the tensors, each where the header says.
 */
import { toTensor } from '../../properties/payload.ts';
import { type Dtype, sizeOf, type Tensor } from '../../spec/tensor.ts';
import { messageOf } from '../failure.ts';
import { fromBytes } from '../onnx/elements.ts';
import { NAMES, widthOf } from '../vectors/safetensors.ts';
import { shown } from '../wire/schema.ts';

/** Flags are bytes. */
const DTYPES: { readonly [name: string]: Dtype } = {
  ...Object.fromEntries(Object.entries(NAMES).map(([dtype, name]) => [name, dtype as Dtype])),
  BOOL: 'u8',
};

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Throws a TypeError or RangeError that says what came and what was due. */
export function safetensorsTensors(bytes: Buffer): { readonly [name: string]: Tensor } {
  if (bytes.length < 8)
    throw new RangeError(`has ${bytes.length} bytes but should begin with a length of 8`);
  const length = Number(bytes.readBigUInt64LE(0));
  if (8 + length > bytes.length)
    throw new RangeError(
      `is cut off: its header should end at byte ${8 + length}, the file does at ${bytes.length}`,
    );
  const header = headerOf(bytes.subarray(8, 8 + length).toString('utf8'));
  const rest = bytes.subarray(8 + length);
  return Object.fromEntries(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, entry]) => [name, tensorAt(name, entry, rest)]),
  );
}

function headerOf(json: string): { readonly [name: string]: unknown } {
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch (problem) {
    throw new TypeError(`has a header that is not JSON (${messageOf(problem)})`);
  }
  if (typeof header === 'object' && header !== null && !Array.isArray(header))
    return header as { readonly [name: string]: unknown };
  throw new TypeError(`has the header ${shown(header)} but should have an object`);
}

const isLength = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;

const isEntry = (entry: unknown): entry is Entry => {
  const { dtype, shape, data_offsets: ends } = (entry ?? {}) as { [field: string]: unknown };
  const areLengths = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every(isLength);
  return typeof dtype === 'string' && areLengths(shape) && areLengths(ends) && ends.length === 2;
};

function tensorAt(name: string, entry: unknown, bytes: Buffer): Tensor {
  if (!isEntry(entry))
    throw new TypeError(`${name} is ${shown(entry)} but should have dtype, shape and data_offsets`);
  const { dtype: code, shape, data_offsets } = entry;
  if (!Object.hasOwn(DTYPES, code))
    throw new TypeError(
      `${name} is ${code} but should be one of ${Object.keys(DTYPES).join(', ')}`,
    );
  const dtype = DTYPES[code]!;
  const width = widthOf(dtype);
  const [begin, end] = data_offsets;
  if (end - begin !== sizeOf(shape) * width)
    throw new RangeError(
      `${name} has ${end - begin} bytes but should have ${sizeOf(shape) * width}: ${code} [${shape}]`,
    );
  if (end > bytes.length)
    throw new RangeError(
      `is cut off: ${name} should end at byte ${end} of the data, of which there are ${bytes.length}`,
    );
  return toTensor({ dtype, shape, data: fromBytes(dtype, bytes.subarray(begin, end)) });
}
