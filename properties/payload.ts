/** # Between tensors of exact values and payloads of elements as they lie in memory */
import {
  bfloat16,
  type Format,
  float16,
  float32,
  float64,
  fromBits,
  toBits,
} from '../spec/format.ts';
import type { Dtype, Tensor } from '../spec/tensor.ts';
import type { Data, Payload } from './candidate.ts';

/** The format of a float dtype; undefined for integers. */
export const formatOf = (dtype: Dtype): Format | undefined =>
  ({ f16: float16, bf16: bfloat16, f32: float32, f64: float64 })[dtype as string];

export function toPayload({ dtype, shape, data }: Tensor): Payload {
  return { dtype, shape, data: stored(dtype, data) };
}

function stored(dtype: Dtype, values: ArrayLike<number>): Data {
  switch (dtype) {
    case 'f32':
      return new Float32Array(values);
    case 'f64':
      return new Float64Array(values);
    case 'i64':
      return BigInt64Array.from(Array.from(values, BigInt));
    case 'i32':
      return new Int32Array(values);
    case 'u8':
      return new Uint8Array(values);
    default:
      return Uint16Array.from(values, (x) => Number(toBits(x, formatOf(dtype)!)));
  }
}

/** Throws a RangeError for an i64 that no JavaScript number holds. */
export function toTensor({ dtype, shape, data }: Payload): Tensor {
  if (dtype === 'f16' || dtype === 'bf16') {
    const format = formatOf(dtype)!;
    return {
      dtype,
      shape,
      data: Array.from(data as Uint16Array, (b) => fromBits(BigInt(b), format)),
    };
  }
  if (data instanceof BigInt64Array) return { dtype, shape, data: Array.from(data, safely) };
  return { dtype, shape, data: data as ArrayLike<number> };
}

function safely(n: bigint): number {
  if (Number.isSafeInteger(Number(n))) return Number(n);
  throw new RangeError(`an i64 element is ${n} but should be from −2⁵³ + 1 to 2⁵³ − 1`);
}
