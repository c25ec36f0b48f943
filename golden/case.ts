/** # A case: one operator, its parameters, its inputs, and how that is written to a file */
import { fromBytes, toBytes } from '../conformance/onnx/elements.ts';
import type { Payload, Setting } from '../properties/candidate.ts';
import { toPayload } from '../properties/payload.ts';
import { type Dtype, sizeOf } from '../spec/tensor.ts';

export interface Case {
  readonly op: string;
  /** Complete: defaults are filled in. */
  readonly params: { readonly [name: string]: Setting };
  readonly in: { readonly [name: string]: Payload };
}

export const filled = (shape: readonly number[], one: () => number): Payload =>
  toPayload({ dtype: 'f32', shape, data: Array.from({ length: sizeOf(shape) }, one) });

/** Elements as hexadecimal digits, the most significant first. */
export interface Written {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly hex: string;
}

const digits = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function writePayload({ dtype, shape, data }: Payload): Written {
  const bytes = toBytes(data);
  const size = data.BYTES_PER_ELEMENT;
  const words = Array.from({ length: data.length }, (_, i) =>
    digits(bytes.slice(i * size, (i + 1) * size).reverse()),
  );
  return { dtype, shape, hex: words.join(' ') };
}

export function readPayload({ dtype, shape, hex }: Written): Payload {
  const words = hex === '' ? [] : hex.split(' ');
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse());
  return {
    dtype,
    shape,
    data: fromBytes(
      dtype,
      Uint8Array.from(bytes, (b) => Number.parseInt(b, 16)),
    ),
  };
}

/** JSON has no Infinity, which the threshold of softplus is by default. */
export const writeSetting = (value: Setting): Setting =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
export const readSetting = (value: Setting): Setting =>
  value === 'Infinity' || value === '-Infinity' ? Number(value) : value;

export const describeCase = ({ op, params, in: given }: Case): string =>
  JSON.stringify({
    op,
    params: Object.fromEntries(Object.entries(params).map(([k, v]) => [k, writeSetting(v)])),
    in: Object.fromEntries(Object.entries(given).map(([name, p]) => [name, writePayload(p)])),
  });
