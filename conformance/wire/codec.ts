/**
 * # Between messages and payloads
 *
 * A `where` names operator and argument, as in `cross-entropy: target`; every error begins with it.
 */
import type {
  Data,
  Hello,
  Patterns,
  Payload,
  Reply,
  Request,
  Setting,
  Wanted,
} from '../../properties/candidate.ts';
import { formatOf, toPayload } from '../../properties/payload.ts';
import { roundNumber } from '../../spec/format.ts';
import { type Dtype, isInteger, sizeOf } from '../../spec/tensor.ts';
import { fromBytes, toBytes } from '../onnx/elements.ts';
import {
  parse,
  type RunMessage,
  SPECIALS,
  type SweepMessage,
  shown,
  type WireAnswer,
  type WireHello,
  type WireTensor,
} from './schema.ts';

/** Bytes of one element. */
const WIDTH = { f16: 2, bf16: 2, f32: 4, f64: 8, i32: 4, i64: 8, u8: 1 } as const;
/** A tensor without elements may still have lengths; walking along more than these takes minutes. */
const LONGEST = 2 ** 24;

export const isDtype = (name: unknown): name is Dtype =>
  typeof name === 'string' && Object.hasOwn(WIDTH, name);

const said = ({ dtype, shape }: { dtype: Dtype; shape: readonly number[] }): string =>
  `shape [${shape}] of ${dtype}`;

/** Throws a TypeError or RangeError that says what came and what was due. */
export function decodeTensor(
  where: string,
  wire: WireTensor | WireAnswer,
  raw?: Uint8Array,
): Payload {
  const { dtype, shape } = wire;
  if (sizeOf(shape.filter((n) => n > 0)) > LONGEST && sizeOf(shape) === 0)
    throw new RangeError(`${where} has ${said(wire)}, which is too long to walk along`);
  return { dtype, shape, data: elements(where, wire, raw) };
}

function elements(where: string, wire: WireTensor | WireAnswer, raw?: Uint8Array): Data {
  if (wire.off !== undefined) return fromRaw(where, wire, raw);
  if (wire.b64 !== undefined) return fromBase64(where, wire, wire.b64);
  if (wire.hex !== undefined) return fromHex(where, wire, wire.hex);
  return fromValues(where, wire, (wire as WireTensor).values ?? []);
}

function checkCount(where: string, wire: WireTensor, count: number, what: string): void {
  const due = sizeOf(wire.shape);
  if (count !== due)
    throw new RangeError(`${where} has ${count} ${what} but should have ${due}: ${said(wire)}`);
}

function fromRaw(where: string, wire: WireTensor, raw: Uint8Array | undefined): Data {
  const { off = 0, len = 0 } = wire;
  if (!raw) throw new TypeError(`${where} has off, which only a tensor in a binary frame has`);
  const due = sizeOf(wire.shape) * WIDTH[wire.dtype];
  if (len !== due)
    throw new RangeError(`${where} has ${len} bytes but should have ${due}: ${said(wire)}`);
  if (off + len > raw.length)
    throw new RangeError(`${where} ends at ${off + len} of ${raw.length} raw bytes`);
  return fromBytes(wire.dtype, raw.subarray(off, off + len));
}

function fromBase64(where: string, wire: WireTensor, b64: string): Data {
  if (b64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(b64))
    throw new TypeError(`${where} has b64 ${shown(b64)}, which is not base64`);
  const bytes = Buffer.from(b64, 'base64');
  const due = sizeOf(wire.shape) * WIDTH[wire.dtype];
  if (bytes.length !== due)
    throw new RangeError(
      `${where} has ${bytes.length} bytes of b64 but should have ${due}: ${said(wire)}`,
    );
  return fromBytes(wire.dtype, bytes);
}

function fromHex(where: string, wire: WireTensor, hex: string): Data {
  const words = hex.split(/\s+/).filter((word) => word !== '');
  const digits = 2 * WIDTH[wire.dtype];
  for (const word of words)
    if (word.length !== digits || !/^[0-9a-fA-F]*$/.test(word))
      throw new TypeError(
        `${where} has hex ${shown(word)} but should have ${digits} hexadecimal digits for each element of ${wire.dtype}`,
      );
  checkCount(where, wire, words.length, 'elements of hex');
  return fromBytes(wire.dtype, Buffer.from(words.map(turned).join(''), 'hex'));
}

/** The bytes of one element in the other order: hex is written like a number, memory is not. */
const turned = (word: string): string =>
  word.replaceAll(/../g, '$& ').split(' ').reverse().join('');

type Value = number | (typeof SPECIALS)[number];

function fromValues(where: string, wire: WireTensor, values: readonly Value[]): Data {
  checkCount(where, wire, values.length, 'values');
  const { dtype, shape } = wire;
  const numbers = isInteger(dtype)
    ? values.map((value) => whole(where, dtype, value))
    : values.map((value) => roundNumber(Number(value), formatOf(dtype)!));
  return toPayload({ dtype, shape, data: numbers }).data;
}

const RANGES: { readonly [dtype: string]: readonly [number, number] } = {
  u8: [0, 255],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  // Beyond these a JSON number does not say which integer is meant.
  i64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

function whole(where: string, dtype: Dtype, value: Value): number {
  const [min, max] = RANGES[dtype]!;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max)
    return value;
  throw new RangeError(
    `${where} has the value ${shown(value)} but should have whole numbers from ${min} to ${max}: ${dtype}`,
  );
}

/** Elements as base64, for machines. */
export const encodeTensor = ({ dtype, shape, data }: Payload): WireTensor & WireAnswer => ({
  dtype,
  shape: [...shape],
  b64: Buffer.from(toBytes(data)).toString('base64'),
});

/** Elements as hexadecimal digits, for people and for small tensors. */
export const encodeHex = ({ dtype, shape, data }: Payload): WireTensor & WireAnswer => ({
  dtype,
  shape: [...shape],
  hex: hexOf({ dtype, shape, data }).join(' '),
});

/** The bits of every element. */
export function hexOf({ dtype, data }: Payload): readonly string[] {
  const all = Buffer.from(toBytes(data)).toString('hex');
  const width = 2 * WIDTH[dtype];
  return Array.from({ length: data.length }, (_, i) =>
    turned(all.slice(i * width, (i + 1) * width)),
  );
}

/** A `run` message as a request; throws what `parse` and `decodeTensor` throw. */
export function decodeRequest(message: unknown): Request {
  const wire = parse('run', nameOf(message), message);
  const { op, id } = wire;
  const inputs = Object.entries(wire.in).flatMap(([name, tensor]) =>
    tensor ? [[name, decodeTensor(`${op}: ${name}`, tensor)]] : [],
  );
  return {
    ...(id === undefined ? {} : { id: String(id) }),
    op,
    params: decodeParams(wire.params),
    in: Object.fromEntries(inputs),
    want: (wire.want ?? ['out']) as Wanted[],
    grad_out: wire.grad_out ? decodeTensor(`${op}: grad_out`, wire.grad_out) : null,
  };
}

/** The operator that a message is about, as far as it says. */
const nameOf = (message: unknown): string => {
  const op = (message as { op?: unknown } | null)?.op;
  return typeof op === 'string' ? op : 'run message';
};

const decodeParams = (params: RunMessage['params'] = {}): Request['params'] =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isSpecial(value) ? Number(value) : value]),
  );

const isSpecial = (value: Setting): boolean => (SPECIALS as readonly Setting[]).includes(value);

/** A number that JSON cannot write, as the string that stands for it. */
export const encodeSetting = (value: Setting): Setting =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : value;

const encodeParams = (params: Request['params']): Request['params'] =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, encodeSetting(value)]));

/** A request as a `run` message: one line for a program, or for `touchstone replay`. */
export const encodeRequest = (request: Request, encode = encodeTensor): RunMessage => ({
  cmd: 'run',
  ...(request.id === undefined ? {} : { id: request.id }),
  op: request.op,
  params: encodeParams(request.params),
  in: Object.fromEntries(Object.entries(request.in).map(([name, t]) => [name, encode(t)])),
  want: [...request.want],
  grad_out: request.grad_out ? encode(request.grad_out) : null,
});

/** A request for consecutive inputs: no tensor travels. */
export const encodeSweep = (
  { id, op, params, want }: Request,
  { dtype, start, count }: Patterns,
): SweepMessage => ({
  ...{ cmd: 'sweep', ...(id === undefined ? {} : { id }), op, params: encodeParams(params) },
  ...{ dtype, start: `0x${start.toString(16)}`, count, want: [...want] },
});

/** A `sweep` message as a request with its input; throws what `parse` throws. */
export function decodeSweep(message: unknown): Request {
  const { op, params, want, ...patterns } = parse('sweep', nameOf(message), message);
  const start = Number(patterns.start);
  const last = 2 ** (8 * WIDTH[patterns.dtype]);
  if (start + patterns.count > last)
    throw new RangeError(
      `${op}: start is ${patterns.start} and count ${patterns.count} but together should be 0x${last.toString(16)} at most`,
    );
  const input = fromPatterns({ ...patterns, start });
  return { op, params: decodeParams(params), in: { input }, want: want as Wanted[] };
}

/** The input of a sweep. */
export function fromPatterns({ dtype, start, count }: Patterns): Payload {
  const bits = WIDTH[dtype] === 2 ? new Uint16Array(count) : new Uint32Array(count);
  for (let i = 0; i < count; i++) bits[i] = start + i;
  const data = bits instanceof Uint16Array ? bits : new Float32Array(bits.buffer);
  return { dtype, shape: [count], data };
}

/** Every tensor of a reply through `encode`; what else it says as it is. */
export function encodeReply(
  reply: Reply,
  encode: (tensor: Payload, wanted: Wanted) => WireAnswer = encodeTensor,
): { readonly [field: string]: unknown } {
  return Object.fromEntries(
    Object.entries(reply).map(([name, field]) => [
      name,
      isTensorField(name) ? encode(field as Payload, name) : field,
    ]),
  );
}

export const isTensorField = (name: string): name is Wanted =>
  name === 'out' || name.startsWith('grad:');

/** The answer of a program; throws when it is not what the schema asks for. */
export function decodeReply(op: string, message: unknown, raw?: Uint8Array): Reply {
  const wire = parse('reply', `${op}: answer`, message);
  const fields = Object.entries(wire).flatMap(([name, field]) => {
    if (isTensorField(name))
      return [[name, decodeTensor(`${op}: ${name}`, field as WireAnswer, raw)]];
    return name === 'error' || name === 'skip' ? [[name, field]] : [];
  });
  const { id } = wire;
  return { ...(id == null ? {} : { id: String(id) }), ...Object.fromEntries(fields) };
}

export const encodeHello = (hello: Hello): WireHello & Hello =>
  ({ ...hello, encodings: ['jsonl'], commands: ['sweep'] }) as WireHello & Hello;

/** Throws a TypeError when it is not what the schema asks for. */
export const decodeHello = (who: string, message: unknown): Hello =>
  parse('hello', `${who}: hello`, message) as Hello;
