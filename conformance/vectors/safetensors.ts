/**
 * # Files of the format safetensors
 *
 * Eight bytes that give the length of the header, little-endian; the header, which is JSON: for every
 * tensor its dtype, its shape, and where its bytes begin and end in what follows; then the bytes.
 */
import type { Payload } from '../../properties/candidate.ts';
import { toBytes } from '../onnx/elements.ts';

/** Of dtypes, as files have them. */
export const NAMES = {
  ...{ f16: 'F16', bf16: 'BF16', f32: 'F32', f64: 'F64' },
  ...{ i32: 'I32', i64: 'I64', u8: 'U8' },
} as const;

/** The largest element has 8 bytes, and elements begin where a multiple of their size is. */
const ALIGNED = 8;

export function safetensors(
  tensors: ReadonlyMap<string, Payload>,
  metadata: { readonly [key: string]: string },
): Buffer {
  const parts = [...tensors].map(([name, { dtype, shape, data }]) => ({
    ...{ name, dtype, shape, bytes: Buffer.from(toBytes(data)) },
  }));
  // The widest first, so that there are no gaps, which are not allowed, and all are aligned.
  parts.sort((a, b) => widthOf(b.dtype) - widthOf(a.dtype));
  let end = 0;
  const fields = parts.map(({ name, dtype, shape, bytes }) => {
    const offsets = [end, end + bytes.length];
    end += bytes.length;
    return [name, { dtype: NAMES[dtype], shape, data_offsets: offsets }];
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(fields) });
  const length = Math.ceil(Buffer.byteLength(json) / ALIGNED) * ALIGNED;
  const header = Buffer.alloc(8 + length, ' ');
  header.writeBigUInt64LE(BigInt(length), 0);
  header.write(json, 8);
  return Buffer.concat([header, ...parts.map(({ bytes }) => bytes)]);
}

/** Bytes of an element. */
export const widthOf = (dtype: Payload['dtype']): number =>
  dtype === 'u8' ? 1 : Number(dtype.replace(/\D+/, '')) / 8;
