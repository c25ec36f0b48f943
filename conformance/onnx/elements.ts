/** # Elements: typed arrays and little-endian bytes of each kind of tensor */
import type { Data } from '../../properties/candidate.ts';
import type { Dtype } from '../../spec/tensor.ts';

/** TensorProto.DataType */
export const DATA_TYPE = { f32: 1, u8: 2, i32: 6, i64: 7, f16: 10, f64: 11, bf16: 16 } as const;

export const dtypeOf = (code: number): Dtype => {
  const found = Object.entries(DATA_TYPE).find(([, value]) => value === code);
  if (found === undefined) throw new TypeError(`onnx: data type ${code} is not in use here`);
  return found[0] as Dtype;
};

const VIEWS = {
  f32: Float32Array,
  f64: Float64Array,
  i64: BigInt64Array,
  i32: Int32Array,
  u8: Uint8Array,
  f16: Uint16Array,
  bf16: Uint16Array,
} as const;

/** Turns the bytes of each element round on a big-endian machine. */
const swapped = (bytes: Uint8Array, size: number): Uint8Array => {
  const little = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  if (little || size === 1) return bytes;
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
};

export const toBytes = (data: Data): Uint8Array =>
  swapped(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice(),
    data.BYTES_PER_ELEMENT,
  );

export const fromBytes = (dtype: Dtype, bytes: Uint8Array): Data => {
  const View = VIEWS[dtype];
  const own = swapped(Uint8Array.from(bytes), View.BYTES_PER_ELEMENT);
  return new View(own.buffer as ArrayBuffer);
};
